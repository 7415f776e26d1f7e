// Packages of Debian, for tests that need a program which npm does not have.
import { access, constants } from 'node:fs/promises';
import { runQuietly, say } from '../client/setup.mjs';

/** Installs packages where that is possible: on Debian and its kin, as root. Answers whether they are there now. */
export async function installPackages(...names) {
  const isRoot = process.getuid?.() === 0;
  const isDebian = await access('/usr/bin/apt-get', constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isRoot || !isDebian) return false;
  say(`正在安装系统软件包 ${names.join('、')}…`, `Installing the packages ${names.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runQuietly('apt-get', ['-q', 'update'], { env });
    await runQuietly('apt-get', ['-q', '-y', 'install', '--no-install-recommends', ...names], { env });
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}
