import {
  effectiveConfig,
  emptyConfig,
  folderOf,
  isPackFile,
  type LoadedConfig,
  type PlacedConfig,
  packUri,
  readConfig,
} from '../model/config.ts';
import type { Script } from '../model/script.ts';
import type { FilePack, Settings } from '../model/workspace.ts';
import { loadPack } from '../packs/load.ts';
import type { Pack } from '../packs/pack.ts';
import type { YamlProblem } from '../packs/yamlReader.ts';
import { categories } from '../rules/finding.ts';
import type { Host } from './host.ts';

export const configName = 'huashu.yaml';

/** What is given from outside: by the editor's settings or the command line. */
export interface Given {
  readonly bundled: readonly Pack[];
  /** What counts where no `huashu.yaml` says otherwise. */
  readonly defaults?: PlacedConfig;
  /** The only configuration file to use, by URI. */
  readonly configFile?: string;
  readonly extraPacks?: readonly string[];
  /** Judge by the rules of this day, whatever the files say. */
  readonly asOf?: string;
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
  const loaded = await loadConfigs(scripts, given, host);
  for (const { uri, file } of loaded) report(uri, 'configuration', file.problems);
  const configs: PlacedConfig[] = [
    ...(given.defaults ? [given.defaults] : []),
    ...loaded.map(
      ({ folder, file }): PlacedConfig => ({
        config: file.config,
        folder,
        // A configuration that is named on the command line counts for every script, wherever it is.
        ...(given.configFile !== undefined && { everywhere: true }),
      }),
    ),
    ...(given.asOf === undefined
      ? []
      : [{ config: { ...emptyConfig, asOf: given.asOf }, folder: '', everywhere: true as const }]),
  ];
  const files = new Map<string, FilePack>();
  for (const uri of packFiles(scripts, configs, given)) {
    const pack = await readPack(uri, host);
    if (!pack) continue;
    files.set(uri, pack);
    for (const problem of pack.problems) report(problem.path, 'rule-pack', [problem]);
  }
  const known = new Set<string>(categories);
  for (const pack of [...given.bundled, ...[...files.values()].flatMap((file) => file.pack ?? [])]) {
    for (const { id } of pack.rules) known.add(id);
  }
  for (const { uri, file } of loaded) report(uri, 'configuration', file.checkRules(known));
  const settings: Settings = {
    bundled: given.bundled,
    files,
    configs,
    extraPacks: given.extraPacks ?? [],
    today: host.today(),
  };
  return { settings, problems };
}

interface ConfigFile {
  readonly uri: string;
  readonly folder: string;
  readonly file: LoadedConfig;
}

/** The configurations above the scripts, the farthest first. */
async function loadConfigs(scripts: readonly Script[], given: Given, host: Host): Promise<ConfigFile[]> {
  const uris =
    given.configFile === undefined
      ? [...foldersAbove(scripts)].map((folder) => folder + configName)
      : [given.configFile];
  const found: ConfigFile[] = [];
  for (const uri of uris) {
    const text = await host.readText(uri);
    if (text === undefined) continue;
    found.push({ uri, folder: folderOf(uri), file: readConfig(uri, text) });
  }
  // What stands above a `root: true` counts for nobody below it, and its mistakes are nobody's business there.
  const counts = ({ folder }: ConfigFile, script: Script): boolean =>
    script.uri.startsWith(folder) &&
    !found.some(
      (other) => other.file.config.root && other.folder.length > folder.length && script.uri.startsWith(other.folder),
    );
  return found
    .filter((config) => given.configFile !== undefined || scripts.some((script) => counts(config, script)))
    .sort((a, b) => a.folder.length - b.folder.length);
}

function foldersAbove(scripts: readonly Script[]): Set<string> {
  const folders = new Set<string>();
  for (const { uri } of scripts) {
    for (let folder = folderOf(uri); !folders.has(folder); folder = folderOf(folder.slice(0, -1))) folders.add(folder);
  }
  return folders;
}

/** The files of all packs that scripts, configurations or the command line name. */
function packFiles(scripts: readonly Script[], configs: readonly PlacedConfig[], given: Given): Set<string> {
  const files = new Set<string>(given.extraPacks?.filter(isPackFile) ?? []);
  for (const script of scripts) {
    const own = script.tree.frontMatter.packs?.value.map(({ value }) => packUri(value, folderOf(script.uri)));
    for (const name of own ?? effectiveConfig(script.uri, configs).packs) if (isPackFile(name)) files.add(name);
  }
  return files;
}

/** A pack from its file, or from the YAML files of its folder. */
async function readPack(uri: string, host: Host): Promise<FilePack | undefined> {
  const text = await host.readText(uri);
  if (text !== undefined) return loadPack([{ path: uri, text }]);
  const inside = (await host.listFolder(uri))?.filter((each) => /\.ya?ml$/i.test(each));
  if (!inside || inside.length === 0) return undefined;
  const texts = await Promise.all(
    inside.map(async (each) => ({ path: each, text: (await host.readText(each)) ?? '' })),
  );
  return loadPack(texts);
}
