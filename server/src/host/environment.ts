import {
  configName,
  effectiveConfig,
  emptyConfig,
  folderOf,
  isConfigFile,
  isPackFile,
  type LoadedConfig,
  type PlacedConfig,
  packUri,
  readConfig,
  unreadableConfig,
} from '../model/config.ts';
import type { Script } from '../model/script.ts';
import { type FilePack, keyOf, type Settings, type YamlFile } from '../model/workspace.ts';
import { loadPack } from '../packs/load.ts';
import type { Pack } from '../packs/pack.ts';
import { couldBePart, packAmong, saysPack } from '../packs/packFolder.ts';
import type { YamlProblem } from '../packs/yamlReader.ts';
import { parseYaml } from '../packs/yamlText.ts';
import { categories } from '../rules/finding.ts';
import type { Host } from './host.ts';

/** What is given from outside: by the editor's settings or the command line. */
export interface Given {
  readonly bundled: readonly Pack[];
  /** What counts where no `huashu.yaml` says otherwise; the nearer the later. */
  readonly defaults?: readonly PlacedConfig[];
  /** The only configuration file to use, by URI. */
  readonly configFile?: string;
  readonly extraPacks?: readonly string[];
  /** The folders that are open or were named; see `Settings`. */
  readonly roots?: readonly string[];
  /** Judge by the rules of this day, whatever the files say. */
  readonly asOf?: string;
  /** Open YAML files, by URI: configurations and packs among them count even where no script asks for them. */
  readonly documents?: readonly string[];
  /** What was in force before; packs whose files have not changed are taken over from it. */
  readonly before?: Settings;
}

/** A mistake in a configuration or pack file; `path` of the problem is the URI of the file. */
export interface EnvironmentProblem {
  readonly uri: string;
  readonly category: 'configuration' | 'rule-pack';
  readonly problem: YamlProblem;
}

export interface Environment {
  readonly settings: Settings;
  readonly problems: readonly EnvironmentProblem[];
}

/** Reads the configurations above the scripts and the packs that they name. */
export async function loadEnvironment(scripts: readonly Script[], given: Given, host: Host): Promise<Environment> {
  const problems: EnvironmentProblem[] = [];
  const report = (uri: string, category: EnvironmentProblem['category'], found: readonly YamlProblem[]): void => {
    for (const problem of found) problems.push({ uri, category, problem });
  };
  const documents = given.documents ?? [];
  const loaded = await loadConfigs([...scripts.map(({ uri }) => uri), ...documents], given, host);
  for (const { uri, file } of loaded) report(uri, 'configuration', file.problems);
  const configs: PlacedConfig[] = [
    ...(given.defaults ?? []),
    ...loaded.map(
      ({ uri, folder, file, text }): PlacedConfig => ({
        config: file.config,
        folder,
        ...(text !== undefined && { file: { uri, text } }),
        // A configuration that is named on the command line counts for every script, wherever it is.
        ...(given.configFile !== undefined && { everywhere: true }),
      }),
    ),
    ...(given.asOf === undefined
      ? []
      : [{ config: { ...emptyConfig, asOf: given.asOf }, folder: '', everywhere: true as const }]),
  ];
  const read = packReader(host, given.before);
  const files = new Map<string, FilePack>();
  const wanted = packFiles(scripts, configs, given);
  for (const uri of [...wanted].sort()) {
    const pack = await read.named(uri);
    if (pack) files.set(uri, pack);
  }
  const known = new Set<string>(categories);
  for (const pack of [...given.bundled, ...[...files.values()].flatMap((file) => file.pack ?? [])]) {
    for (const { id } of [...pack.rules, ...pack.flow]) known.add(id);
  }
  const bundled = given.bundled.map(({ id }) => id);
  for (const { uri, folder, file } of loaded) {
    report(uri, 'configuration', file.checkRules(known));
    const isKnown = (name: string): boolean => {
      const pack = packUri(name, folder);
      // What no script asks for has not been looked for.
      return isPackFile(name) ? files.has(pack) || !wanted.has(pack) : bundled.includes(name);
    };
    report(uri, 'configuration', file.checkPacks(isKnown, bundled));
  }
  for (const uri of documents) {
    const pack = isConfigFile(uri) || partOf(files, uri) ? undefined : await read.unnamed(uri);
    const [first] = pack?.files ?? [];
    if (pack && first) files.set(first.uri, pack);
  }
  for (const pack of files.values()) for (const problem of pack.problems) report(problem.path, 'rule-pack', [problem]);
  const settings: Settings = {
    bundled: given.bundled,
    files,
    configs,
    extraPacks: given.extraPacks ?? [],
    // A day that is asked for counts for suppressions as well, so that its result does not depend on today.
    today: given.asOf ?? host.today(),
    ...(given.roots && { roots: given.roots }),
  };
  return { settings, problems };
}

function partOf(packs: ReadonlyMap<string, FilePack>, document: string): boolean {
  return [...packs.values()].some(({ files }) => files.some(({ uri }) => keyOf(uri) === keyOf(document)));
}

interface ConfigFile {
  readonly uri: string;
  readonly folder: string;
  /** Nothing where it cannot be read. */
  readonly text: string | undefined;
  readonly file: LoadedConfig;
}

/** The configurations above some files, the farthest first; always in the same order, in whichever the files come. */
async function loadConfigs(below: readonly string[], given: Given, host: Host): Promise<ConfigFile[]> {
  const uris =
    given.configFile === undefined ? [...foldersAbove(below)].map((folder) => folder + configName) : [given.configFile];
  const found: ConfigFile[] = [];
  for (const uri of uris) {
    const text = await host.readText(uri);
    if (text !== undefined) found.push({ uri, folder: folderOf(uri), text, file: readConfig(uri, text) });
    else if (await host.isUnreadable?.(uri))
      found.push({ uri, folder: folderOf(uri), text, file: unreadableConfig(uri) });
  }
  // What stands above a `root: true` counts for nobody below it, and its mistakes are nobody's business there.
  const counts = ({ folder }: ConfigFile, uri: string): boolean =>
    uri.startsWith(folder) &&
    !found.some(
      (other) => other.file.config.root && other.folder.length > folder.length && uri.startsWith(other.folder),
    );
  return found
    .filter((config) => given.configFile !== undefined || below.some((uri) => counts(config, uri)))
    .sort((a, b) => a.folder.length - b.folder.length || (a.folder < b.folder ? -1 : 1));
}

function foldersAbove(uris: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const uri of uris) {
    for (let folder = folderOf(uri); !folders.has(folder); folder = folderOf(folder.slice(0, -1))) folders.add(folder);
  }
  return folders;
}

/** The files of all packs that scripts, configurations or the command line name. */
function packFiles(scripts: readonly Script[], configs: readonly PlacedConfig[], given: Given): Set<string> {
  const files = new Set<string>(given.extraPacks?.filter(isPackFile) ?? []);
  const add = (names: readonly string[]): void => {
    for (const name of names) if (isPackFile(name)) files.add(name);
  };
  for (const script of scripts) {
    const own = script.packs?.value.map(({ value }) => packUri(value, folderOf(script.uri)));
    add(own ?? effectiveConfig(script.uri, configs).packs);
  }
  for (const uri of given.documents ?? []) add(effectiveConfig(uri, configs).packs);
  return files;
}

/** A folder with more YAML files than these is none of a pack. */
const mostFiles = 200;

/** Reads packs anew, except those of which no file has changed. */
function packReader(
  host: Host,
  before: Settings | undefined,
): {
  /** A pack that is named by its file or folder. */
  named(uri: string): Promise<FilePack | undefined>;
  /** The pack that an open file seems to be a part of. */
  unnamed(uri: string): Promise<FilePack | undefined>;
} {
  const old = [...(before?.files.values() ?? [])];
  const oldFiles = new Map(old.flatMap(({ files }) => files.map((file) => [file.uri, file] as const)));

  async function read(uri: string): Promise<YamlFile | undefined> {
    const source = await host.readText(uri);
    if (source === undefined) return undefined;
    const known = oldFiles.get(uri);
    return known?.yaml.source === source ? known : { uri, yaml: parseYaml(source) };
  }

  async function readFolder(uri: string): Promise<readonly YamlFile[]> {
    const inside = (await host.listFolder(uri)) ?? [];
    const names = inside.map(keyOf).filter((each) => /\.ya?ml$/i.test(each) && !isConfigFile(each));
    if (names.length > mostFiles) return [];
    return (await Promise.all(names.map(read))).flatMap((file) => file ?? []);
  }

  function load(files: readonly YamlFile[]): FilePack {
    const same = old.find(
      (pack) => pack.files.length === files.length && pack.files.every((file, index) => file === files[index]),
    );
    return same ?? { ...loadPack(files.map(({ uri, yaml }) => ({ path: uri, text: yaml.source, yaml }))), files };
  }

  return {
    async named(uri) {
      const file = await read(uri);
      const files = file ? [file] : await readFolder(uri);
      return files.length > 0 ? load(files) : undefined;
    },
    async unnamed(uri) {
      const file = await read(keyOf(uri));
      if (!file || !(saysPack(file.yaml) || couldBePart(file.yaml))) return undefined;
      const parts = packAmong(await readFolder(folderOf(uri)));
      if (parts.some((part) => part.uri === file.uri)) return load(parts);
      return saysPack(file.yaml) ? load([file]) : undefined;
    },
  };
}
