import type { Script } from '../model/script.ts';
import { filesToRead, type Workspace } from '../model/workspace.ts';
import type { Host } from './host.ts';

/** Reads the files that jumps and insertions lead to, so that their nodes are known, and the files that those lead to. */
export async function readReferences(workspace: Workspace, readText: Host['readText']): Promise<void> {
  const tried = new Set<string>();
  for (let waiting = workspace.snapshot().scripts; waiting.length > 0; ) {
    const next: Script[] = [];
    for (const script of waiting) {
      for (const reference of script.outward) {
        if (!reference.file || workspace.snapshot().resolve(script, reference).kind !== 'unknown-file') continue;
        for (const uri of filesToRead(script.uri, reference.file.text, workspace.snapshot().settings)) {
          if (tried.has(uri)) continue;
          tried.add(uri);
          const text = await readText(uri);
          if (text === undefined || workspace.snapshot().script(uri)) continue;
          next.push(workspace.set(uri, 0, text));
          break;
        }
      }
    }
    waiting = next;
  }
}
