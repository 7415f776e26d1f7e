import picomatch from 'picomatch/posix.js';
import { URI, Utils } from 'vscode-uri';
import { nearest, orMeant } from '../base/names.ts';
import { listed } from '../base/text.ts';
import { isDate, type YamlProblem, YamlReader } from '../packs/yamlReader.ts';
import { parseYaml, scalarText, type YamlNode, type YamlText } from '../packs/yamlText.ts';
import { configForm, levels, overrideForm } from './configSchema.ts';

/** The severity that a user gives a rule or a whole category. */
export type Level = (typeof levels)[number];
export type Levels = ReadonlyMap<string, Level>;

/** What one `huashu.yaml`, or the settings of the editor, say. */
export interface Config {
  /** Packs for scripts that name none; missing where nothing is said. */
  readonly packs?: readonly string[];
  /** The day by whose rules to judge, such as `2026-06-01`. */
  readonly asOf?: string;
  readonly rules: Levels;
  readonly overrides: readonly Override[];
  /** No file further up counts. */
  readonly root: boolean;
}

/** Levels for some files; globs count from the folder of the configuration file. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: Levels;
}

export const defaultPack = 'cn-credit-card';

export const emptyConfig: Config = { rules: new Map(), overrides: [], root: false };

export interface LoadedConfig {
  readonly config: Config;
  readonly problems: readonly YamlProblem[];
  /** Reports the rules that are neither in `known` nor of a pack that could not be loaded. */
  checkRules(known: ReadonlySet<string>): readonly YamlProblem[];
  /** Reports the packs for which there is none. */
  checkPacks(isKnown: (name: string) => boolean, bundled: readonly string[]): readonly YamlProblem[];
}

/** The name of every configuration file. */
export const configName = 'huashu.yaml';

/** Reads a `huashu.yaml`. What is wrong is reported at its place, the rest is in force. */
export function readConfig(path: string, text: string, yaml: YamlText = parseYaml(text)): LoadedConfig {
  const problems: YamlProblem[] = [];
  const reader = new YamlReader(path, yaml, problems);
  const named: YamlNode[] = [];
  const levelsOf = (node: YamlNode | undefined): Levels => {
    const rules = new Map<string, Level>();
    for (const { name, keyNode, value } of node ? reader.pairs(node) : []) {
      const level = reader.oneOf(value, levels);
      if (level) rules.set(name, level);
      named.push(keyNode);
    }
    return rules;
  };
  /** Problems apart from those of the text, with a reader that knows its file. */
  const apart = (find: (reader: YamlReader) => void): readonly YamlProblem[] => {
    const found: YamlProblem[] = [];
    find(new YamlReader(path, { ...yaml, errors: [] }, found));
    return found;
  };
  const checkRules: LoadedConfig['checkRules'] = (known) =>
    apart((naming) => {
      for (const node of named) {
        const name = scalarText(node) ?? '';
        if (known.has(name)) continue;
        const near = nearest(name, known);
        naming.fail(
          node,
          `没有名为“${name}”的规则或类别${orMeant(near).zh}`,
          `There is no rule or category named “${name}”${orMeant(near).en}`,
        );
      }
    });
  const entries = reader.root && reader.entries(reader.root, configForm);
  const checkPacks: LoadedConfig['checkPacks'] = (isKnown, bundled) =>
    apart((naming) => {
      for (const node of naming.items(entries?.packs)) {
        const name = scalarText(node);
        if (name === undefined || isKnown(name)) continue;
        const near = nearest(name, bundled);
        const hint = near
          ? orMeant(near)
          : { zh: `；自带的有：${listed(bundled).zh}。`, en: `; bundled are: ${listed(bundled).en}.` };
        if (isPackFile(name))
          naming.fail(node, `找不到规则包文件“${name}”。`, `The pack file “${name}” was not found.`);
        else
          naming.fail(node, `没有名为“${name}”的规则包${hint.zh}`, `There is no rule pack named “${name}”${hint.en}`);
      }
    });
  if (!entries) return { config: emptyConfig, problems, checkRules, checkPacks };
  const asOf = reader.date(entries.asOf);
  const config: Config = {
    ...(entries.packs && { packs: reader.strings(entries.packs) }),
    ...(asOf && { asOf }),
    rules: levelsOf(entries.rules),
    overrides: reader.items(entries.overrides).flatMap((item) => {
      const parts = reader.entries(item, overrideForm);
      for (const each of reader.items(parts?.files)) {
        if (isFileGlob(reader.string(each) ?? '')) continue;
        reader.fail(each, '通配符太长或星号太多。', 'This glob is too long or has too many stars.');
      }
      return parts ? [{ files: reader.strings(parts.files), rules: levelsOf(parts.rules) }] : [];
    }),
    root: reader.oneOf(entries.root, ['true', 'false'] as const) === 'true',
  };
  return { config, problems, checkRules, checkPacks };
}

/** A `huashu.yaml` that is there and cannot be read: what it says is unknown, and silence would look as if it said nothing. */
export function unreadableConfig(path: string): LoadedConfig {
  const start = { line: 0, character: 0 };
  const message = {
    zh: '无法读取这份配置：没有权限，或者它不是文件。其中的规则包和级别都没有生效。',
    en: 'This configuration cannot be read: it is closed to us, or no file. None of its packs and levels are in force.',
  };
  const problem: YamlProblem = { path, ...start, end: start, severity: 'error', message };
  return { config: emptyConfig, problems: [problem], checkRules: () => [], checkPacks: () => [] };
}

/** What holds for one script. */
export interface EffectiveConfig {
  readonly packs: readonly string[];
  readonly asOf?: string;
  readonly rules: Levels;
}

/** A configuration and the folder it stands in. */
export interface PlacedConfig {
  readonly config: Config;
  /** The URI of the folder, with a slash at its end. */
  readonly folder: string;
  /** Counts for every script, and not only below its folder: settings of the editor, options of the command line. */
  readonly everywhere?: true;
  /** The file that says so, as it was read. */
  readonly file?: { readonly uri: string; readonly text: string };
}

/** What holds for a script: `all` from the farthest to the nearest, the nearer one winning key by key. */
export function effectiveConfig(uri: string, all: readonly PlacedConfig[]): EffectiveConfig {
  const configs = all.filter(({ folder, everywhere }) => everywhere || uri.startsWith(folder));
  const from = configs.findLastIndex(({ config }) => config.root);
  let packs: readonly string[] = [defaultPack];
  let asOf: string | undefined;
  const rules = new Map<string, Level>();
  for (const { config, folder } of configs.slice(Math.max(from, 0))) {
    packs = config.packs?.map((name) => packUri(name, folder)) ?? packs;
    asOf = config.asOf ?? asOf;
    for (const [rule, level] of config.rules) rules.set(rule, level);
    const path = pathBelow(uri, folder);
    for (const override of config.overrides) {
      if (!isAbout(override.files, path)) continue;
      for (const [rule, level] of override.rules) rules.set(rule, level);
    }
  }
  return { packs, ...(asOf !== undefined && { asOf }), rules };
}

/** The path of a file as the globs of a configuration see it. */
export function pathBelow(uri: string, folder: string): string {
  return decoded(uri.startsWith(folder) ? uri.slice(folder.length) : uri);
}

/** Whether one of some globs fits a path. */
export function isAbout(globs: readonly string[], path: string): boolean {
  const known = matchers.get(globs) ?? globs.filter(isFileGlob).map((glob) => picomatch(glob));
  matchers.set(globs, known);
  return known.some((fits) => fits(path));
}

/** Every script is asked about after each key. */
const matchers = new WeakMap<readonly string[], readonly ((path: string) => boolean)[]>();

/** Whether a file is a configuration, by its name. */
export function isConfigFile(uri: string): boolean {
  return uri.endsWith(`/${configName}`);
}

/** Whether a pack is named by its file and not by its id. */
export function isPackFile(name: string): boolean {
  return (
    /\.ya?ml$/i.test(name) || name.startsWith('./') || name.startsWith('../') || /^[a-z][a-z+.-]+:\/\//i.test(name)
  );
}

/** The URI of a pack that is named by its file, relative to a folder; the id of any other pack. */
export function packUri(name: string, folder: string): string {
  if (!isPackFile(name)) return name;
  if (/^[a-z][a-z+.-]+:\/\//i.test(name)) return parsed(name)?.toString() ?? name;
  return Utils.resolvePath(URI.parse(folder), name).toString();
}

function parsed(uri: string): URI | undefined {
  try {
    return URI.parse(uri);
  } catch {
    return undefined;
  }
}

/** The URI of the folder of a file, with a slash at its end. */
export function folderOf(uri: string): string {
  const folder = Utils.dirname(URI.parse(uri)).toString();
  return folder.endsWith('/') ? folder : `${folder}/`;
}

/** A glob that can be matched without trouble: not endless, and not one star after the other. */
function isFileGlob(glob: string): boolean {
  return glob.length <= 200 && (glob.match(/\*+/g)?.length ?? 0) <= 8;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The settings `huashu.*` of an editor; whatever does not fit is ignored, since the editor marks it itself. */
export function configOfSettings(settings: unknown): Config {
  if (typeof settings !== 'object' || settings === null) return emptyConfig;
  const { packs, asOf, rules } = settings as { readonly [key: string]: unknown };
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const named = Array.isArray(packs) ? packs.filter(isText) : [];
  const chosen = typeof rules === 'object' && rules !== null ? Object.entries(rules) : [];
  return {
    ...emptyConfig,
    ...(named.length > 0 && { packs: named }),
    ...(isText(asOf) && isDate(asOf) && { asOf }),
    rules: new Map(
      chosen.filter((entry): entry is [string, Level] => (levels as readonly unknown[]).includes(entry[1])),
    ),
  };
}
