import picomatch from 'picomatch/posix.js';
import type { Severity } from '../packs/pack.ts';
import { severities } from '../packs/pack.ts';
import { YamlReader, type YamlNode, type YamlProblem } from '../packs/yamlReader.ts';

/** The severity that a user gives a rule or a whole category. */
export type Level = Severity | 'off';
export const levels: readonly Level[] = [...severities, 'off'];
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
}

/** Reads a `huashu.yaml`. What is wrong is reported at its place, the rest is in force. */
export function readConfig(path: string, text: string): LoadedConfig {
  const problems: YamlProblem[] = [];
  const reader = new YamlReader(path, text, problems);
  const entries = reader.root && reader.entries(reader.root, ['packs', 'asOf', 'rules', 'overrides', 'root']);
  if (!entries) return { config: emptyConfig, problems };
  const asOf = reader.date(entries.asOf);
  const config: Config = {
    ...(entries.packs && { packs: reader.strings(entries.packs) }),
    ...(asOf && { asOf }),
    rules: levelsOf(entries.rules, reader),
    overrides: reader.items(entries.overrides).flatMap((item) => {
      const parts = reader.entries(item, ['files', 'rules'], ['files', 'rules']);
      return parts ? [{ files: reader.strings(parts.files), rules: levelsOf(parts.rules, reader) }] : [];
    }),
    root: reader.oneOf(entries.root, ['true', 'false'] as const) === 'true',
  };
  return { config, problems };
}

function levelsOf(node: YamlNode | undefined, reader: YamlReader): Levels {
  const rules = new Map<string, Level>();
  if (!node) return rules;
  for (const { name, value } of reader.pairs(node)) {
    const level = reader.oneOf(value, levels);
    if (level) rules.set(name, level);
  }
  return rules;
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
}

/** What holds for a script: `configs` from the farthest to the nearest, the nearer one winning key by key. */
export function effectiveConfig(uri: string, configs: readonly PlacedConfig[]): EffectiveConfig {
  const from = configs.findLastIndex(({ config }) => config.root);
  let packs: readonly string[] = [defaultPack];
  let asOf: string | undefined;
  const rules = new Map<string, Level>();
  for (const { config, folder } of configs.slice(Math.max(from, 0))) {
    packs = config.packs ?? packs;
    asOf = config.asOf ?? asOf;
    for (const [rule, level] of config.rules) rules.set(rule, level);
    const path = decodeURIComponent(uri.startsWith(folder) ? uri.slice(folder.length) : uri);
    for (const override of config.overrides) {
      if (!picomatch([...override.files])(path)) continue;
      for (const [rule, level] of override.rules) rules.set(rule, level);
    }
  }
  return { packs, ...(asOf !== undefined && { asOf }), rules };
}
