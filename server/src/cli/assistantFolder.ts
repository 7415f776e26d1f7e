import { readFile, realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { longestScript } from '../assist/checkScript.ts';
import { cut } from '../assist/input.ts';
import type { Ground, Subject } from '../assist/tool.ts';
import type { Language } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import { type Given, loadEnvironment } from '../host/environment.ts';
import type { Host } from '../host/host.ts';
import { decode, isScript, nodeHost } from '../host/nodeHost.ts';
import { readReferences } from '../host/references.ts';
import { scriptOf } from '../model/script.ts';
import { createWorkspace, type Settings } from '../model/workspace.ts';
import { problemReports } from '../report/report.ts';

/** The folder that an assistant may see, and nothing around it. */
export interface AssistantFolder {
  /** What a tool looks at: read anew each time, since the user goes on working. */
  ground(subject: Subject, language: Language): Promise<Ground | Refusal>;
}

/** The name of a text that is in no file. */
const draft = '草稿.huashu';

/**
 * An assistant can be told anything by whatever it has read. So what it asks for is read from the folder alone, links followed; what
 * the user has named himself, in a `huashu.yaml` of the folder or above it and on the command line, counts wherever it is.
 */
export async function assistantFolder(folder: string, given: Given): Promise<AssistantFolder> {
  const root = await realpath(folder);
  const here = pathToFileURL(resolve(root, draft)).toString();
  let before: Settings | undefined;

  const nameOf = (uri: string): string => {
    if (!uri.startsWith('file:')) return uri;
    const path = fileURLToPath(uri);
    const fromRoot = relative(root, path);
    return (fromRoot === '' || fromRoot.startsWith('..') ? path : fromRoot).split(sep).join('/');
  };

  async function isInside(uri: string): Promise<boolean> {
    try {
      return uri.startsWith('file:') && contains(root, await realpath(fileURLToPath(uri)));
    } catch {
      return false;
    }
  }

  /** The files of the folder, and those that were read for the user. */
  const reading = (ofUser: ReadonlySet<string>): Host => ({
    ...nodeHost,
    readText: async (uri) => (ofUser.has(uri) || (await isInside(uri)) ? nodeHost.readText(uri) : undefined),
    listFolder: async (uri) => (ofUser.has(uri) || (await isInside(uri)) ? nodeHost.listFolder(uri) : undefined),
  });

  async function read(subject: Subject): Promise<{ readonly uri: string; readonly text: string } | Refusal> {
    if ('text' in subject) return { uri: here, text: subject.text };
    const path = resolve(root, subject.path);
    const name = cut(subject.path);
    const outside = new Refusal(
      `“${name}”不在助手可以读取的文件夹里。`,
      `“${name}” is not in the folder that assistants may read.`,
    );
    // Whether something is there is nobody's business outside of the folder.
    if (!contains(root, path)) return outside;
    if (!isScript(path))
      return new Refusal(
        `“${name}”不是话术文件；只读取 .huashu 和 .话术。`,
        `“${name}” is no script; only .huashu and .话术 are read.`,
      );
    try {
      if (!contains(root, await realpath(path))) return outside;
      const what = await stat(path);
      if (!what.isFile())
        return new Refusal(`“${name}”不是文件，也不是话术。`, `“${name}” is neither a file nor a script.`);
      // A character has four bytes at most.
      if (what.size > 4 * longestScript) return tooLong(name);
      const text = decode(await readFile(path));
      return text.length > longestScript ? tooLong(name) : { uri: pathToFileURL(path).toString(), text };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return code === 'ENOENT'
        ? new Refusal(`没有“${name}”这个文件。`, `There is no file “${name}”.`)
        : new Refusal(`无法读取“${name}”（${code}）。`, `“${name}” cannot be read (${code}).`);
    }
  }

  return {
    async ground(subject, language) {
      const found = await read(subject);
      if (found instanceof Refusal) return found;
      const ofUser = new Set<string>();
      const noting: Host = {
        ...nodeHost,
        readText(uri) {
          ofUser.add(uri);
          return nodeHost.readText(uri);
        },
        listFolder(uri) {
          ofUser.add(uri);
          return nodeHost.listFolder(uri);
        },
      };
      const kept = before === undefined ? {} : { before };
      const { settings } = await loadEnvironment([scriptOf(here, 0, '')], { ...given, ...kept }, noting);
      const host = reading(ofUser);
      const workspace = createWorkspace(settings);
      const script = workspace.set(found.uri, 0, found.text);
      await readReferences(workspace, host.readText);
      const environment = await loadEnvironment([script], { ...given, before: settings }, host);
      workspace.configure(environment.settings);
      before = environment.settings;
      return {
        script,
        snapshot: workspace.snapshot(),
        language,
        problems: problemReports(environment.problems, language, nameOf),
        nameOf,
      };
    },
  };
}

function tooLong(name: string): Refusal {
  return new Refusal(
    `“${name}”超过 ${longestScript} 个字的上限。`,
    `“${name}” is longer than the ${longestScript} characters that are read.`,
  );
}

function contains(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from !== '' && from !== '..' && !from.startsWith(`..${sep}`) && resolve(folder, from) === path;
}
