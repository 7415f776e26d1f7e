import { Session } from 'node:inspector';

/** What was done while something ran, counted by the engine itself, so that the product holds nothing for it. */
export interface Work {
  /** How often blocks of code (bodies of functions and loops, branches) below a folder of server/src were entered. */
  blocksIn(...folders: readonly string[]): number;
  /** How often a function of a file of server/src was called. */
  calls(file: string, name: string): number;
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** Every function that was called while there was counting. */
const known = new Set<string>();

const session = new Session();
session.connect();

/** Blocks are counted in functions that are compiled from now on: nothing of the product may have been loaded before. */
export function startCounting(): void {
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

export function workOf(act: () => void): Work {
  const before = take();
  act();
  const scripts = scriptsOf(take());
  for (const { path, functions } of [...scriptsOf(before), ...scripts]) {
    for (const { functionName } of functions) known.add(`${path} ${functionName}`);
  }
  return {
    blocksIn: (...folders) =>
      scripts
        .filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)))
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
        .reduce((sum, { count }) => sum + count, 0),
    calls: (file, name) => {
      const found = scripts
        .filter(({ path }) => path === file)
        .flatMap(({ functions }) => functions.filter(({ functionName }) => functionName === name));
      // A function that was not called is left out; one that never was has another name by now.
      if (!known.has(`${file} ${name}`)) throw new Error(`There is no function ${name} in ${file}.`);
      return found.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
    },
  };
}

/** The files of the product that anything was done in, by their paths below server/src. */
function scriptsOf({ result }: Coverage) {
  return result.flatMap(({ url, functions }) => {
    const [, path] = url.split('/server/src/');
    return path === undefined ? [] : [{ path, functions }];
  });
}

/** What was counted since this was asked last; an inspector in its own thread answers at once. */
function take(): Coverage {
  let taken: Coverage | undefined;
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error) throw error;
    taken = coverage;
  });
  if (!taken) throw new Error('The inspector has not answered.');
  return taken;
}
