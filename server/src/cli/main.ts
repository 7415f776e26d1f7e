#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { inLanguage } from '../base/text.ts';
import { readBundled } from '../host/bundled.ts';
import { nodeShipped } from '../host/nodeHost.ts';
import { version } from '../host/version.ts';
import type { Pack } from '../packs/pack.ts';
import { runAudit } from './audit.ts';
import { runBaseline } from './baseline.ts';
import { runCheck } from './check.ts';
import { runDiff } from './diff.ts';
import { runExport } from './export.ts';
import { runFix } from './fix.ts';
import { runFormat } from './format.ts';
import { runGraph } from './graph.ts';
import { help } from './help.ts';
import {
  complain,
  messageLanguage,
  readAuditOptions,
  readBaselineOptions,
  readCheckOptions,
  readDiffOptions,
  readExportOptions,
  readFixOptions,
  readFormatOptions,
  readGraphOptions,
  readOptions,
  readReportOptions,
  readServerOptions,
  readTestOptions,
  UsageError,
} from './options.ts';
import { runReport } from './report.ts';
import { runRules } from './rules.ts';
import { runSuppressions } from './suppressions.ts';
import { runTest } from './test.ts';
import { serve } from './threads/serve.ts';

/** A crash must never look like a clean or a failed check. */
const crashed = 3;

async function main([command, ...args]: readonly string[]): Promise<number | undefined> {
  if (
    command === undefined ||
    command === '--help' ||
    command === '-h' ||
    command === 'help' ||
    args.includes('--help') ||
    args.includes('-h')
  ) {
    process.stdout.write(inLanguage(help, messageLanguage()));
    return command === undefined ? 2 : 0;
  }
  // Commands are not loaded one by one: the more the code is cut, the more of what is quick has to reach from one part into another.
  switch (command) {
    case '--version':
    case 'version':
      process.stdout.write(`${version}\n`);
      return 0;
    case 'check':
      return runCheck(readCheckOptions(args), await bundled());
    case 'baseline':
      return runBaseline(readBaselineOptions(args), await bundled());
    case 'fix':
      return runFix(readFixOptions(args), await bundled());
    case 'format':
      return runFormat(readFormatOptions(args));
    case 'test':
      return runTest(readTestOptions(args), await bundled());
    case 'audit':
      return runAudit(readAuditOptions(args), await bundled());
    case 'graph':
      return runGraph(readGraphOptions(args), await bundled());
    case 'diff':
      return runDiff(readDiffOptions(args), await bundled());
    case 'export':
      return runExport(readExportOptions(args), await bundled());
    case 'import':
      return (await import('./import.ts')).runImport(readOptions(args), await bundled());
    case 'report':
      return runReport(readReportOptions(args), await bundled());
    case 'rules':
      return runRules(readOptions(args), await bundled());
    case 'suppressions':
      return runSuppressions(readOptions(args), await bundled());
    case 'mcp':
      return (await import('./mcp.ts')).runMcp(readOptions(args), await bundled());
    case 'lsp':
      await startServer(readServerOptions(args));
      return undefined;
    default:
      throw new UsageError(
        `没有“${command}”这个命令；用 huashu --help 查看用法。`,
        `Unknown command “${command}”; see huashu --help.`,
      );
  }
}

async function startServer({ language }: ReturnType<typeof readServerOptions>): Promise<void> {
  (await import('../lsp/nodeServer.ts')).startStdioServer(language);
}

function bundled(): Promise<readonly Pack[]> {
  return readBundled(nodeShipped);
}

function start(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever reads our output may stop when it has seen enough; the exit status still counts.
      if (error.code === 'EPIPE') return;
      process.exitCode = 2;
      if (stream === process.stdout)
        complain(
          { zh: `无法写出结果（${error.code}）。`, en: `The output cannot be written (${error.code}).` },
          messageLanguage(),
        );
    });
  }

  main(process.argv.slice(2)).then(
    (status) => {
      // Output that could not be written outweighs whatever was found.
      if (status !== undefined) process.exitCode = process.exitCode === 2 ? 2 : status;
    },
    (error: unknown) => {
      if (error instanceof UsageError) {
        complain(error.text, messageLanguage());
        process.exitCode = 2;
        return;
      }
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = crashed;
    },
  );
}

/**
 * How much V8 may take into a function from those that it calls, in bytes of its own code. By itself it takes more than twice as much,
 * and most runs are so short that to compile the large functions of the matcher so costs a tenth of all CPU time; they are no slower.
 */
const mostInlined = 400;

/**
 * What a function has done, in bytes of its code, before V8 thinks about compiling it: twice as much as by itself. What short runs have
 * compiled less spares a fifteenth of all CPU time, and nothing becomes slower.
 */
const firstThought = 132_000;

/** The same file is the whole program and, in the other threads of a command, what they run. */
if (isMainThread) {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${mostInlined}`);
  setFlagsFromString(`--interrupt-budget=${firstThought}`);
  start();
} else void serve();
