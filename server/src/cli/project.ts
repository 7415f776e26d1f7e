import { readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Text } from '../base/text.ts';
import { type Environment, type Given, loadEnvironment } from '../host/environment.ts';
import { BrokenLink, decode, nodeHost, scriptsBelow } from '../host/nodeHost.ts';
import { readReferences } from '../host/references.ts';
import { isPackFile } from '../model/config.ts';
import { type Script, scriptOf } from '../model/script.ts';
import { createWorkspace, type Settings, type Snapshot, type Workspace } from '../model/workspace.ts';
import type { Pack } from '../packs/pack.ts';
import { type Options, UsageError } from './options.ts';

/** The scripts that a command is about, with everything that their checks need. */
export interface Project {
  readonly scripts: readonly Script[];
  readonly snapshot: Snapshot;
  readonly problems: Environment['problems'];
  /** What could not be read; the command reports the rest and ends with status 2. */
  readonly unreadable: readonly Text[];
  /** The same project with other texts, by URI, in place of those of its scripts. */
  edited(texts: ReadonlyMap<string, string>): Promise<Project>;
}

/** Reads the scripts in the named files and folders, or below the current folder, and the files they refer to. */
export async function openProject(options: Options<string>, bundled: readonly Pack[]): Promise<Project> {
  const unreadable: Text[] = [];
  const given = await givenBy(options, bundled);
  const texts = options.stdin ? [await readStdin(options)] : await readPaths(options.paths, unreadable);
  return projectFrom(texts, given, unreadable);
}

/** The project of scripts that were read already. */
export async function openTexts(
  texts: readonly ScriptText[],
  options: Options<string>,
  bundled: readonly Pack[],
): Promise<Project> {
  return projectFrom(texts, await givenBy(options, bundled), []);
}

export interface ScriptText {
  readonly uri: string;
  readonly source: string;
}

function projectFrom(texts: readonly ScriptText[], given: Given, unreadable: readonly Text[]): Promise<Project> {
  const workspace = createWorkspace({
    bundled: given.bundled,
    files: new Map(),
    configs: [],
    extraPacks: [],
    today: nodeHost.today(),
    ...(given.roots && { roots: given.roots }),
  });
  const scripts = texts.map(({ uri, source }) => workspace.set(uri, 0, source));
  return projectOf(scripts, workspace, given, unreadable);
}

async function projectOf(
  scripts: readonly Script[],
  workspace: Workspace,
  given: Given,
  unreadable: readonly Text[],
): Promise<Project> {
  await readReferences(workspace, nodeHost.readText);
  const { settings, problems } = await loadEnvironment(scripts, given, nodeHost);
  refuseMissingPacks(given, settings);
  workspace.configure(settings);
  return {
    scripts,
    snapshot: workspace.snapshot(),
    problems,
    unreadable,
    edited(texts) {
      const changed = scripts.map((script) => {
        const text = texts.get(script.uri);
        return text === undefined ? script : workspace.set(script.uri, 0, text);
      });
      return projectOf(changed, workspace, given, unreadable);
    },
  };
}

/** What is named as a rule pack and cannot be read as a file, nor is a folder with one, must not go missing unseen; throws `UsageError`. */
function refuseMissingPacks({ extraPacks = [] }: Given, { files }: Settings): void {
  for (const uri of extraPacks)
    if (isPackFile(uri) && !files.has(uri))
      throw new UsageError(`找不到规则包文件“${nameOf(uri)}”。`, `The pack file “${nameOf(uri)}” was not found.`);
}

/** What the options say of configurations and packs; throws `UsageError`. */
export async function givenBy(options: Options<string>, bundled: readonly Pack[]): Promise<Given> {
  const configFile = options.config === undefined ? undefined : pathToFileURL(resolve(options.config)).toString();
  if (configFile !== undefined && (await nodeHost.readText(configFile)) === undefined) {
    throw new UsageError(
      `无法读取配置文件“${options.config}”。`,
      `The configuration file “${options.config}” cannot be read.`,
    );
  }
  const extraPacks = await Promise.all(
    options.packs.map(async (name) => {
      if (bundled.some(({ id }) => id === name)) return name;
      const exists = await stat(name).then(
        () => true,
        () => false,
      );
      if (exists) return pathToFileURL(resolve(name)).toString();
      throw new UsageError(
        `找不到规则包“${name}”：既没有这个文件，也没有这个名称；自带的规则包有：${bundled.map(({ id }) => id).join('、')}。`,
        `There is no rule pack “${name}”, neither a file nor a name; bundled packs: ${bundled.map(({ id }) => id).join(', ')}.`,
      );
    }),
  );
  return {
    bundled,
    extraPacks,
    roots: await rootsOf(options),
    ...(configFile !== undefined && { configFile }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
  };
}

/** The current folder, and those that are named or hold what is named. */
async function rootsOf({ paths, stdin, stdinFilename }: Options<string>): Promise<readonly string[]> {
  const folders = (stdin ? [stdinFilename] : paths).map(async (path) =>
    !stdin && (await stat(path).catch(() => undefined))?.isDirectory() ? path : dirname(path),
  );
  return ['.', ...(await Promise.all(folders))].map((folder) =>
    `${pathToFileURL(resolve(folder))}/`.replace(/\/+$/, '/'),
  );
}

async function readStdin({ stdinFilename }: Options<string>): Promise<ScriptText> {
  return { uri: pathToFileURL(resolve(stdinFilename)).toString(), source: decode(await stdinBytes()) };
}

export async function stdinBytes(): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

async function readPaths(paths: readonly string[], unreadable: Text[]): Promise<ScriptText[]> {
  const texts: ScriptText[] = [];
  for (const path of await scriptPaths(paths, unreadable)) {
    const uri = pathToFileURL(path).toString();
    try {
      texts.push({ uri, source: decode(await readFile(path)) });
    } catch (error) {
      unreadable.push(unreadableText(nameOf(uri), error));
    }
  }
  return texts;
}

/** The paths of the scripts in the named files and folders, or below the current folder. */
export async function scriptPaths(paths: readonly string[], unreadable: Text[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const path of paths.length > 0 ? paths : ['.']) {
    try {
      const what = await stat(path);
      if (what.isFile()) found.add(resolve(path));
      else if (!what.isDirectory()) {
        unreadable.push({ zh: `“${path}”不是文件，也不是文件夹。`, en: `“${path}” is neither a file nor a folder.` });
      }
      if (!what.isDirectory()) continue;
      const before = found.size;
      let any = false;
      const told = unreadable.length;
      const cannotRead = (where: string, error: unknown): void => {
        unreadable.push(unreadableText(nameOf(pathToFileURL(where).toString()), error));
      };
      for await (const script of scriptsBelow(resolve(path), cannotRead)) {
        found.add(script);
        any = true;
      }
      if (!any && found.size === before && unreadable.length === told) {
        unreadable.push({
          zh: `“${path}”里没有话术文件（.huashu、.话术）。`,
          en: `There is no script (.huashu, .话术) in “${path}”.`,
        });
      }
    } catch (error) {
      unreadable.push(unreadableText(path, error));
    }
  }
  return found;
}

export function unreadableText(path: string, error: unknown): Text {
  if (error instanceof BrokenLink)
    return {
      zh: `“${path}”是一个失效的链接，它指向的文件不存在。`,
      en: `“${path}” is a link to a file that does not exist.`,
    };
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT') return { zh: `没有这个文件或文件夹：“${path}”。`, en: `No such file or folder: “${path}”.` };
  return { zh: `无法读取“${path}”（${code}）。`, en: `“${path}” cannot be read (${code}).` };
}

/** A file as the user calls it: from the current folder, with slashes. */
export function nameOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = fileURLToPath(uri);
  const fromHere = relative(process.cwd(), path);
  return (fromHere === '' || fromHere.startsWith('..') ? path : fromHere).split(sep).join('/');
}

/** The packs that `huashu rules` is about: those that are named, else those in force for the current folder. */
export async function openPacks(
  options: Options<string>,
  bundled: readonly Pack[],
): Promise<{ packs: readonly Pack[]; day: string; problems: Environment['problems'] }> {
  const { script, snapshot, problems } = await openFolder(options, bundled);
  const { settings } = snapshot;
  const { set } = snapshot.packs(script);
  const named = set.packs.filter(
    (pack) =>
      settings.extraPacks.includes(pack.id) ||
      settings.extraPacks.some((uri) => settings.files.get(uri)?.pack === pack),
  );
  const day = snapshot.config(script).asOf ?? settings.today;
  return { packs: options.packs.length > 0 ? named : set.packs, day, problems };
}

/** What holds for the current folder: a script that nobody wrote stands for it. */
export async function openFolder(
  options: Options<string>,
  bundled: readonly Pack[],
): Promise<{ script: Script; snapshot: Snapshot; problems: Environment['problems'] }> {
  const given = await givenBy(options, bundled);
  const here = scriptOf(pathToFileURL(resolve('huashu.huashu')).toString(), 0, '');
  const { settings, problems } = await loadEnvironment([here], given, nodeHost);
  refuseMissingPacks(given, settings);
  const workspace = createWorkspace(settings);
  const script = workspace.set(here.uri, 0, '');
  return { script, snapshot: workspace.snapshot(), problems };
}
