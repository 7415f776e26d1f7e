import type { Diagnostic, WorkspaceFullDocumentDiagnosticReport } from 'vscode-languageserver';
import type { Steps } from '../base/steps.ts';
import { diagnosticsOf } from '../features/diagnostics.ts';
import type { Context } from '../features/feature.ts';
import type { Script } from '../model/script.ts';
import { keyOf, type Snapshot } from '../model/workspace.ts';
import { type Grounds, groundsOf, sameGrounds } from '../rules/grounds.ts';
import { areSame } from './lastReports.ts';
import type { Positions } from './positions.ts';
import { inTurns, turn } from './turns.ts';

/**
 * The scripts of the folders, open or not, checked one after the other while nobody types. A script is checked again only
 * when something has changed that its findings follow from, and told again only when they have changed.
 */
export interface WorkspaceCheck {
  /** From now on somebody hears of every change, beginning with what differs from `told`, by URI; the answer ends that. */
  listen(told: readonly Told[], tell: (report: WorkspaceFullDocumentDiagnosticReport) => void): () => void;
  /** Something has changed: looks at all scripts, and resolves when nothing is left to look at. */
  look(): Promise<void>;
  /** The editor may show anything of a script that was closed, and has to be told again. */
  closed(uri: string): void;
  /** Whether scripts are told of that are not open. */
  showAll(all: boolean): void;
  /** Leaves everything as it is until somebody asks for it. */
  pause(): void;
  /** Checks everything, whatever was said before; resolves with what was found, or with nothing when it was paused. */
  all(progress: Progress): Promise<readonly CheckedScript[] | undefined>;
}

export interface CheckedScript {
  readonly uri: string;
  /** Another one for other findings. */
  readonly id: string;
  readonly items: readonly Diagnostic[];
  readonly suppressed: number;
}

export interface Told {
  readonly uri: string;
  readonly id: string;
}

/** Hears how many scripts of how many have been looked at. */
export interface Progress {
  report(done: number, total: number): void;
  end(): void;
}

/** What the check asks of the server around it. */
export interface Surroundings {
  snapshot(): Snapshot;
  contextOf(snapshot: Snapshot): Context;
  /** Works out the findings of a script, which contexts then have at once. */
  checking(script: Script, snapshot: Snapshot): Steps<unknown>;
  /** Whether a script is one of those in the folders. */
  isInFolder(uri: string): boolean;
  isOpen(uri: string): boolean;
  readonly positions: Positions;
  /** Resolves when all scripts have been read; until then a jump to one of them looks like one to nowhere. */
  ready(): Promise<void>;
  /** Lets everything through that is more urgent; unless somebody waits for the check, until nobody types. */
  rest(isAwaited: boolean): Promise<void>;
  /** Shows that it takes a while. */
  progress(): Promise<Progress>;
  log(error: unknown): void;
}

/** What takes no longer than this, in milliseconds, needs no progress. */
const unnoticed = 1000;

interface Result extends CheckedScript {
  readonly grounds: Grounds;
}

interface Listener {
  readonly told: Map<string, Told>;
  tell(report: WorkspaceFullDocumentDiagnosticReport): void;
}

export function workspaceCheckOf(around: Surroundings): WorkspaceCheck {
  const results = new Map<string, Result>();
  const listeners = new Set<Listener>();
  // Ids of an earlier server must mean nothing to this one.
  const run = Math.random().toString(36).slice(2);
  let count = 0;
  let showsAll = false;
  let isPaused = false;
  /** Somebody wants to see it all now, and how far it is. */
  let asked: Progress | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  return {
    listen(told, tell) {
      const listener = { told: new Map(told.map((each) => [keyOf(each.uri), each] as const)), tell };
      listeners.add(listener);
      void look();
      return () => void listeners.delete(listener);
    },
    look,
    closed(uri) {
      for (const { told } of listeners) told.set(keyOf(uri), { uri, id: '' });
    },
    showAll(all) {
      if (all !== showsAll) isPaused = false;
      showsAll = all;
    },
    pause() {
      isPaused = true;
    },
    async all(progress) {
      const before = showsAll;
      showsAll = true;
      isPaused = false;
      asked = progress;
      try {
        await look();
      } finally {
        asked = undefined;
        progress.end();
      }
      if (!isPaused) return [...wanted().keys()].flatMap((key) => results.get(key) ?? []);
      showsAll = before;
      // Where only open files count nothing else is left behind.
      if (!before) isPaused = false;
      void look();
      return undefined;
    },
  };

  function look(): Promise<void> {
    again = true;
    running ??= lookUntilDone().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function lookUntilDone(): Promise<void> {
    while (again && !isPaused && (listeners.size > 0 || asked)) {
      again = false;
      await around.ready();
      await around.rest(asked !== undefined);
      await round();
    }
  }

  /** The scripts to check by their keys, open ones first, since somebody looks at them. */
  function wanted(): ReadonlyMap<string, Script> {
    if (!showsAll) return new Map();
    const scripts = around.snapshot().scripts.filter(({ uri }) => around.isInFolder(uri));
    const isOpen = (script: Script): boolean => around.isOpen(script.uri);
    const sorted = [...scripts.filter(isOpen), ...scripts.filter((script) => !isOpen(script))];
    return new Map(sorted.map((script) => [keyOf(script.uri), script]));
  }

  async function round(): Promise<void> {
    const scripts = wanted();
    for (const key of results.keys()) if (!scripts.has(key)) results.delete(key);
    for (const { told } of listeners) for (const key of told.keys()) if (!scripts.has(key)) tell(key);
    const begun = Date.now();
    let since = begun;
    let done = 0;
    let shown: Progress | undefined;
    for (const key of scripts.keys()) {
      if (Date.now() - since > turn) {
        await around.rest(asked !== undefined);
        since = Date.now();
      }
      if (isPaused) break;
      if (!asked && !shown && since - begun > unnoticed) shown = await around.progress();
      (asked ?? shown)?.report(done++, scripts.size);
      await update(key);
      tell(key);
    }
    shown?.end();
  }

  /** Checks a script again if that could change anything; by now it may be another, or gone. */
  async function update(key: string): Promise<void> {
    const snapshot = around.snapshot();
    const context = worldOf(key, snapshot, around);
    const script = context.snapshot.script(key);
    if (!script) return;
    const grounds = groundsOf(script, context.snapshot);
    const before = results.get(key);
    if (before && sameGrounds(before.grounds, grounds)) return;
    try {
      const rest = (): Promise<void> => around.rest(asked !== undefined);
      // What changes meanwhile is looked at in the next round.
      const isOver = (): boolean => isPaused || around.snapshot() !== snapshot;
      if (!(await inTurns(around.checking(script, context.snapshot), rest, isOver))) return;
      const items = around.positions.told(diagnosticsOf(script, context), script.uri);
      const suppressed = context.findings(script).filter((finding) => finding.suppressed).length;
      const id = before && areSame(before.items, items) ? before.id : `${run}-${count++}`;
      results.set(key, { uri: script.uri, id, items, suppressed, grounds });
    } catch (error) {
      // A bug that one script brings out leaves the others their findings.
      around.log(error);
    }
  }

  function tell(key: string): void {
    const result = results.get(key);
    for (const { told, tell: say } of listeners) {
      const last = told.get(key);
      if (last?.id === result?.id || (!last && result?.items.length === 0)) continue;
      if (result) told.set(key, result);
      else told.delete(key);
      const uri = result?.uri ?? last?.uri ?? key;
      const items = [...(result?.items ?? [])];
      say({ kind: 'full', uri, version: null, items, ...(result && { resultId: result.id }) });
    }
  }
}

/** The world to check a script in, by its URI: of what nobody looks at nothing is kept. */
export function worldOf(
  uri: string,
  snapshot: Snapshot,
  { contextOf, isOpen }: Pick<Surroundings, 'contextOf' | 'isOpen'>,
): Context {
  return contextOf(isOpen(uri) ? snapshot : snapshot.apart((script) => isOpen(script.uri)));
}
