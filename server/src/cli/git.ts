import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Text } from '../base/text.ts';
import { decode } from '../host/nodeHost.ts';
import { nameOf } from './project.ts';

/** The text of a file as it was committed last, or why there is none. Of all commands this one alone runs another program. */
export async function committed(uri: string): Promise<string | Text> {
  // Only here, since every command would load it.
  const { execFile } = await import('node:child_process');
  const file = fileURLToPath(uri);
  // Windows would look for the program in the current folder first, where anybody may have put one.
  process.env.NoDefaultCurrentDirectoryInExePath = '1';
  return new Promise((resolve) => {
    // What stands in the object database, and nothing else: no filters and no programs that a repository names.
    execFile(
      'git',
      ['cat-file', 'blob', `HEAD:./${basename(file)}`],
      { cwd: dirname(file), encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 30_000, windowsHide: true },
      (error, stdout) => resolve(error ? whyNot(uri, error) : decode(stdout)),
    );
  });
}

function whyNot(uri: string, error: Error): Text {
  if ('code' in error && error.code === 'ENOENT')
    return {
      zh: '没有找到 git；请给出两份话术：huashu diff 旧 新。',
      en: 'There is no git here; name two scripts: huashu diff OLD NEW.',
    };
  return {
    zh: `git 里没有“${nameOf(uri)}”的上一版；请给出两份话术：huashu diff 旧 新。`,
    en: `git has no last version of “${nameOf(uri)}”; name two scripts: huashu diff OLD NEW.`,
  };
}
