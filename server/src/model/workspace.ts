import { URI, Utils } from 'vscode-uri';
import type { Replaced } from '../base/edit.ts';
import { mostTexts, Recent } from '../base/recent.ts';
import type { Source } from '../base/source.ts';
import type { LoadedPack } from '../packs/load.ts';
import type { Pack } from '../packs/pack.ts';
import { couldBePart, saysPack } from '../packs/packFolder.ts';
import { packForm } from '../packs/packSchema.ts';
import { type PackSet, packSetOf } from '../packs/packSet.ts';
import type { Form } from '../packs/shape.ts';
import type { YamlProblem } from '../packs/yamlReader.ts';
import { parseYaml, type YamlText } from '../packs/yamlText.ts';
import { type EffectiveConfig, effectiveConfig, folderOf, isConfigFile, type PlacedConfig, packUri } from './config.ts';
import { configForm } from './configSchema.ts';
import { copyOf, type NodeSymbol, type Script, scriptOf, type TargetReference } from './script.ts';

/** A pack that was read from its files, or why it could not be. */
export interface FilePack extends LoadedPack {
  readonly files: readonly YamlFile[];
}

export interface YamlFile {
  readonly uri: string;
  readonly yaml: YamlText;
}

/** A `huashu.yaml` or a file of a rule pack that is open in the editor, as it was typed. */
export interface Sheet extends YamlFile {
  /** What it should be like. */
  readonly form: Form;
  /** The pack that it is a part of, as it was read last. */
  readonly pack?: FilePack;
  /** The files of that pack, this one included. */
  readonly files: readonly YamlFile[];
}

/** What the checks know besides scripts. */
export interface Settings {
  /** Packs by name. */
  readonly bundled: readonly Pack[];
  /** Packs by the URI of their file. */
  readonly files: ReadonlyMap<string, FilePack>;
  /** Configurations, the farthest folder first. */
  readonly configs: readonly PlacedConfig[];
  /** Packs that count for every script, whatever it says: ids, or URIs of files. */
  readonly extraPacks: readonly string[];
  /** The day to judge by where no configuration says otherwise, such as `2026-06-01`. */
  readonly today: string;
  /**
   * The folders that are open, or that were named, as URIs with a slash at their ends: the way by `..` ends there. Nothing where
   * there is no end.
   */
  readonly roots?: readonly string[];
}

/** The packs of one script, and the names for which none was found. */
export interface ScriptPacks {
  readonly set: PackSet;
  readonly missing: readonly MissingPack[];
}

export interface MissingPack {
  readonly name: string;
  /** The place of the name in the front matter; otherwise a configuration names it. */
  readonly start?: number;
  readonly end?: number;
  /** The file is there, but this is wrong with it. */
  readonly problem?: YamlProblem;
}

/** What a jump target turns out to be. */
export type Resolution =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'node'; readonly script: Script; readonly symbol: NodeSymbol }
  | { readonly kind: 'unknown-node'; readonly script: Script }
  | { readonly kind: 'unknown-file' };

/** The world at one moment. Immutable: hold it as long as you like, it never changes under you. */
export interface Snapshot {
  /** The world that it is a copy of, in which no more is read than is asked of every script; or itself. */
  readonly origin: Snapshot;
  readonly scripts: readonly Script[];
  readonly settings: Settings;
  script(uri: string): Script | undefined;
  /** An open `huashu.yaml` or file of a rule pack; any other YAML file is nothing to us. */
  sheet(uri: string): Sheet | undefined;
  /** Whether an open YAML file looks as if it could turn out to be part of a pack. */
  couldBeSheet(uri: string): boolean;
  config(script: Script): EffectiveConfig;
  packs(script: Script): ScriptPacks;
  resolve(script: Script, reference: TargetReference): Resolution;
  /** The script in which a target is looked for; nothing where there is no such file. */
  named(script: Script, reference: TargetReference): Script | undefined;
  /** The same world, in which what is worked out of scripts is forgotten with it, but for some that stay as they are. */
  apart(stays: (script: Script) => boolean): Snapshot;
  /** The same world with other texts of some scripts, by URI: to try out what an edit would do. */
  edited(texts: ReadonlyMap<string, string>): Snapshot;
}

/** The only mutable object of the core: it takes texts in and hands snapshots out. */
export interface Workspace {
  /** @param replaced what was replaced in the text before, where that is known */
  set(uri: string, version: number, written: Source, replaced?: Replaced): Script;
  /** Takes the text of an open YAML file, whatever it turns out to be; answers whether it is news. */
  setYaml(uri: string, source: string): boolean;
  /** Forgets a script or YAML file. */
  remove(uri: string): void;
  configure(settings: Settings): void;
  snapshot(): Snapshot;
}

export function createWorkspace(settings: Settings): Workspace {
  const scripts = new Map<string, Script>();
  const sheets = new Map<string, YamlFile>();
  let current = settings;
  let snapshot: Snapshot | undefined;
  return {
    set(uri, version, written, replaced) {
      const old = scripts.get(keyOf(uri));
      const script =
        old?.written === written && old.text.version === version && old.uri === uri
          ? old
          : scriptOf(uri, version, written, old, replaced);
      scripts.set(keyOf(uri), script);
      snapshot = undefined;
      return script;
    },
    setYaml(uri, source) {
      const key = keyOf(uri);
      if (sheets.get(key)?.yaml.source === source) return false;
      sheets.set(key, { uri, yaml: parseYaml(source) });
      snapshot = undefined;
      return true;
    },
    remove(uri) {
      scripts.delete(keyOf(uri));
      sheets.delete(keyOf(uri));
      snapshot = undefined;
    },
    configure(next) {
      current = next;
      snapshot = undefined;
    },
    snapshot() {
      snapshot ??= snapshotOf(new Map(scripts), new Map(sheets), current);
      return snapshot;
    },
  };
}

/** The same world with another text of a script, to try out what a change would do. */
export function withScript({ scripts, settings }: Snapshot, script: Script): Snapshot {
  const all = new Map(scripts.map((each) => [keyOf(each.uri), each]));
  return snapshotOf(all.set(keyOf(script.uri), script), new Map(), settings);
}

/** One URI, however its characters are escaped. */
export function keyOf(uri: string): string {
  const known = keys.get(uri);
  if (known !== undefined) return known;
  const key = URI.parse(uri).toString();
  keys.set(uri, key);
  return key;
}

/** After each key all scripts are asked for by their keys, and it takes long to parse a URI. */
const keys = new Recent<string>(mostTexts);

/** Sets of packs are compiled once and shared by all scripts that use the same ones. */
const sets = new WeakMap<readonly Pack[], Map<string, PackSet>>();

/** Scripts by the keys of their URIs. */
type Scripts = Pick<ReadonlyMap<string, Script>, 'get' | 'keys'>;

function snapshotOf(
  scripts: Scripts,
  sheets: ReadonlyMap<string, YamlFile>,
  settings: Settings,
  origin?: Snapshot,
): Snapshot {
  let all: readonly Script[] | undefined;
  const configs = new Map<string, EffectiveConfig>();
  const packs = new Map<string, ScriptPacks>();
  const snapshot: Snapshot = {
    get origin() {
      return origin ?? snapshot;
    },
    get scripts() {
      all ??= Array.from(scripts.keys()).flatMap((key) => scripts.get(key) ?? []);
      return all;
    },
    settings,
    script: (uri) => scripts.get(keyOf(uri)),
    sheet: (uri) => sheetOf(keyOf(uri), sheets, settings),
    couldBeSheet(uri) {
      const file = sheets.get(keyOf(uri));
      return file !== undefined && couldBePart(file.yaml);
    },
    config(script) {
      const known = configs.get(script.uri);
      const config = known ?? effectiveConfig(script.uri, settings.configs);
      configs.set(script.uri, config);
      return config;
    },
    packs(script) {
      const known = packs.get(script.uri) ?? packsOf(script, snapshot.config(script), settings);
      packs.set(script.uri, known);
      return known;
    },
    resolve(script, reference) {
      if (reference.builtin) return { kind: 'builtin' };
      const other = snapshot.named(script, reference);
      return other ? nodeIn(other, reference) : { kind: 'unknown-file' };
    },
    named(script, { file }) {
      if (!file) return script;
      for (const key of keysNamed(script.uri, file.text, settings.roots)) {
        const other = scripts.get(key);
        if (other) return other;
      }
      return undefined;
    },
    apart(stays) {
      const copies = new Map<string, Script>();
      const get = (key: string): Script | undefined => {
        const known = copies.get(key);
        const script = known ?? scripts.get(key);
        if (known || !script || stays(script)) return script;
        const copy = copyOf(script);
        copies.set(key, copy);
        return copy;
      };
      return snapshotOf({ get, keys: () => scripts.keys() }, sheets, settings, snapshot.origin);
    },
    edited(texts) {
      const changed = [...texts].map(([uri, source]): [string, Script] => {
        const key = keyOf(uri);
        return [key, scriptOf(uri, 0, source, scripts.get(key))];
      });
      const others = Array.from(scripts.keys(), (key) => [key, scripts.get(key) as Script] as const);
      return snapshotOf(new Map([...others, ...changed]), sheets, settings);
    },
  };
  return snapshot;
}

function sheetOf(key: string, sheets: ReadonlyMap<string, YamlFile>, settings: Settings): Sheet | undefined {
  const file = sheets.get(key);
  if (!file) return undefined;
  if (isConfigFile(file.uri)) return { ...file, form: configForm, files: [] };
  const pack = [...settings.files.values()].find(({ files }) => files.some(({ uri }) => keyOf(uri) === key));
  if (!pack) return saysPack(file.yaml) ? { ...file, form: packForm, files: [file] } : undefined;
  // What is open counts as it was typed, also where the pack has not been read again since.
  return { ...file, form: packForm, pack, files: pack.files.map((each) => sheets.get(keyOf(each.uri)) ?? each) };
}

function nodeIn(script: Script, reference: TargetReference): Resolution {
  const symbol = script.node(reference.node.text);
  return symbol ? { kind: 'node', script, symbol } : { kind: 'unknown-node', script };
}

function packsOf(script: Script, config: EffectiveConfig, settings: Settings): ScriptPacks {
  const own = script.packs;
  const wanted: { name: string; start?: number; end?: number }[] = own
    ? own.value.map(({ value, start, end }) => ({ name: value, start, end }))
    : config.packs.map((name) => ({ name }));
  const found: Pack[] = [];
  const missing: MissingPack[] = [];
  for (const each of [...wanted, ...settings.extraPacks.map((name) => ({ name }))]) {
    const file = settings.files.get(packUri(each.name, folderOf(script.uri)));
    const pack = file ? file.pack : settings.bundled.find(({ id }) => id === each.name);
    if (pack) found.push(pack);
    else {
      const problem = file?.problems.find(({ severity }) => severity === 'error');
      missing.push({ ...each, ...(problem && { problem }) });
    }
  }
  return { set: setOf([...new Set(found)], settings), missing };
}

function setOf(found: readonly Pack[], settings: Settings): PackSet {
  const cache = sets.get(settings.bundled) ?? new Map<string, PackSet>();
  sets.set(settings.bundled, cache);
  const key = found.map((pack) => `${pack.id}@${pack.version}`).join(' ');
  const cached = cache.get(key);
  if (cached?.packs.every((pack, index) => pack === found[index])) return cached;
  const set = packSetOf(found);
  cache.set(key, set);
  return set;
}

/** All jumps of all scripts are resolved again after each key, so that their URIs had better be put together once. */
const keysOfFiles = new Recent<readonly string[]>(mostTexts);

function keysNamed(uri: string, file: string, roots: Settings['roots']): readonly string[] {
  const name = folderOf(uri) + file;
  let known = keysOfFiles.get(name);
  if (!known) {
    known = filesNamed(uri, file).map(keyOf);
    keysOfFiles.set(name, known);
  }
  return climbs(file) ? known.filter((key) => isWithin(key, uri, roots)) : known;
}

/** Whether a name leads up by itself, and not down from the folder of the script or one above it. */
function climbs(file: string): boolean {
  return /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(file);
}

/** Whether a file that a script names lies in a folder that is open; a script beside which none is open has its own. */
function isWithin(file: string, script: string, roots: Settings['roots']): boolean {
  return !roots || [folderOf(script), ...roots].some((root) => keyOf(file).startsWith(keyOf(root)));
}

/** Whether a name leads out of what is open, so that nothing is looked for there. */
export function leadsOut(script: string, file: string, { roots }: Settings): boolean {
  const [first] = filesNamed(script, file);
  return climbs(file) && first !== undefined && !isWithin(first, script, roots);
}

/** The URIs at which a file that a script names may be read. */
export function filesToRead(script: string, file: string, { roots }: Settings): readonly string[] {
  const found = filesNamed(script, file);
  return climbs(file) ? found.filter((uri) => isWithin(uri, script, roots)) : found;
}

const extensions = ['.huashu', '.话术'];

/** The URIs under which `公共/告知渠道` in a script may find its file: beside the script, or in a folder above. */
export function filesNamed(from: string, file: string): string[] {
  const candidates: string[] = [];
  let folder = Utils.dirname(URI.parse(from));
  for (let depth = 0; depth < 32; depth++) {
    for (const extension of extensions) candidates.push(Utils.joinPath(folder, file + extension).toString());
    const parent = Utils.dirname(folder);
    if (parent.toString() === folder.toString()) break;
    folder = parent;
  }
  return candidates;
}
