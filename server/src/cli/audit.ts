import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Text } from '../base/text.ts';
import type { Pack } from '../packs/pack.ts';
import { levelled } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { draftsOf } from '../rules/structure/rule.ts';
import { rulePack } from '../rules/structure/rulePack.ts';
import { type Answer, createChecker, type Standard } from './audit/checker.ts';
import { formatNamed, type Input, openInput, readChunks } from './audit/input.ts';
import { Notes } from './audit/notes.ts';
import { startProgress } from './audit/progress.ts';
import { type Chunk, UnreadableInput } from './audit/record.ts';
import { tellMistakes } from './mistakes.ts';
import { type AuditOptions, complain, UsageError } from './options.ts';
import { openFolder, unreadableText } from './project.ts';
import { type Crew, createCrew, sensibleThreads } from './threads/crew.ts';

/** What has been found so far. */
interface Tally {
  lines: number;
  errors: number;
  warnings: number;
  malformed: number;
  firstError?: string;
}

/**
 * `huashu audit`: a line of JSON for every line of input, as long as there is any. 0 nothing at error level, 1 findings at
 * error level or too many warnings, 2 an input or a line that could not be read.
 */
export async function runAudit(options: AuditOptions, bundled: readonly Pack[]): Promise<number> {
  const { language } = options;
  const inputs = inputsOf(options);
  const { standard, mistakes } = await standardOf(options, bundled);
  const output = await openOutput(options, inputs);
  const crew = createCrew('audit', standard, createChecker(standard, bundled));
  const tally: Tally = { lines: 0, errors: mistakes, warnings: 0, malformed: 0 };
  const notes = new Notes(language);
  let chunks = 0;
  const progress = startProgress(() => tally.lines, language);
  const take = async (answer: Answer): Promise<void> => {
    tally.lines += answer.lines;
    tally.errors += answer.errors;
    tally.warnings += answer.warnings;
    tally.malformed += answer.malformed;
    if (answer.firstError !== undefined) tally.firstError ??= answer.firstError;
    notes.take(answer.notes);
    await output.write(answer.output);
    // Most inputs are done before another thread has started, and none has work for more threads than it has chunks.
    if (options.jobs !== undefined) crew.callIn(Math.min(options.jobs, 1 + ++chunks));
    else if (tally.lines > smallInput) crew.callIn(sensibleThreads());
  };
  let unreadable = 0;
  try {
    for (const input of inputs) {
      const failure = await auditInput(input, crew, take);
      if (!failure) continue;
      unreadable++;
      complain(failure, language);
    }
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  } finally {
    progress.stop();
    await crew.close();
    await output.close();
  }
  if (tally.malformed > 0) complain(malformedText(tally), language);
  if (unreadable > 0 || tally.malformed > 0) return 2;
  return tally.errors > 0 || tally.warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0;
}

/** In lines: about as much as is checked while threads start. */
const smallInput = 20_000;

function inputsOf({ paths, inputFormat, stdinFilename }: AuditOptions): Input[] {
  if (paths.filter((path) => path === '-').length > 1)
    throw new UsageError('标准输入（-）只能写一次。', 'Standard input (-) can be given only once.');
  return (paths.length > 0 ? paths : ['-']).map((path) => {
    const source = path === '-' ? stdinFilename : path;
    const format = inputFormat ?? formatNamed(source);
    return { path, ...(source !== '' && { source }), ...(format && { format }) };
  });
}

/** By what to judge, from the configuration above the current folder; what is wrong with it is said, and counted. */
async function standardOf(
  options: AuditOptions,
  bundled: readonly Pack[],
): Promise<{ standard: Standard; mistakes: number }> {
  const { language } = options;
  const { script, snapshot, problems } = await openFolder(options, bundled);
  const config = snapshot.config(script);
  const packs = snapshot.packs(script);
  const { errors } = tellMistakes(problems, language);
  const missing = [...draftsOf(rulePack, { script, packs, snapshot })].map(
    ({ message, start, end }): Finding => ({
      rule: rulePack.id,
      category: rulePack.id,
      severity: rulePack.severity,
      start,
      end,
      message,
      sources: [],
      related: [],
      fixes: () => [],
    }),
  );
  const counting = levelled(missing, config.rules);
  for (const { message } of counting) complain(message, language);
  return {
    standard: {
      packs: packs.set.packs.map((pack) => (bundled.includes(pack) ? pack.id : pack)),
      levels: config.rules,
      day: config.asOf ?? snapshot.settings.today,
      language,
    },
    mistakes: errors + counting.filter(({ severity }) => severity === 'error').length,
  };
}

/**
 * Checks one input from its beginning to its end, and answers why it could not be read to its end. Reading waits for
 * checking, and checking for whoever reads the output, so that only a few chunks are in memory at any time.
 */
async function auditInput(
  input: Input,
  crew: Crew<Chunk, Answer>,
  take: (answer: Answer) => Promise<void>,
): Promise<Text | undefined> {
  const stream = openInput(input);
  const underWay: Promise<void>[] = [];
  let last = Promise.resolve();
  let failed: unknown;
  try {
    for await (const chunk of readChunks(stream, input)) {
      const { answer } = await crew.begin(chunk);
      const before = last;
      last = (async () => {
        // Both are awaited at once, so that a failure of either is noticed by somebody.
        const [checked] = await Promise.all([answer, before]);
        await take(checked);
      })();
      last.catch((error: unknown) => {
        failed ??= error;
        // Nobody wants the rest, and the next piece of it may be long in coming.
        stream.destroy();
      });
      underWay.push(last);
      while (underWay.length >= crew.room) await underWay.shift();
    }
    await last;
  } catch (error) {
    if (failed !== undefined) throw failed;
    await last;
    const name = input.source ?? input.path;
    if (error instanceof UnreadableInput) return unreadableInput(input.source, error.text);
    if (error instanceof Error && 'syscall' in error) return unreadableText(name, error);
    throw error;
  } finally {
    stream.destroy();
  }
  if (failed !== undefined) throw failed;
  return undefined;
}

function unreadableInput(source: string | undefined, { zh, en }: Text): Text {
  return source === undefined
    ? { zh: `无法读取标准输入：${zh}`, en: `Standard input cannot be read. ${en}` }
    : { zh: `无法读取“${source}”：${zh}`, en: `“${source}” cannot be read. ${en}` };
}

function malformedText({ malformed, firstError = '' }: Tally): Text {
  return {
    zh: `有 ${malformed} 行无法读取，没有检查，输出中以 error 标明。第一处：${firstError}`,
    en: `${malformed} ${malformed === 1 ? 'line' : 'lines'} could not be read and were not checked; see “error” in the output. The first: ${firstError}`,
  };
}

/** Whoever reads the output has seen enough, or it cannot be written; why is said elsewhere. */
class OutputClosed extends Error {}

interface Output {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

async function openOutput({ output }: AuditOptions, inputs: readonly Input[]): Promise<Output> {
  if (output === undefined) {
    return {
      write: (bytes) =>
        new Promise((done, failed) =>
          process.stdout.write(bytes, (error) => (error ? failed(new OutputClosed()) : done())),
        ),
      close: async () => {},
    };
  }
  const identity = (path: string): Promise<string | undefined> =>
    stat(path).then(
      ({ dev, ino }) => `${dev}:${ino}`,
      () => undefined,
    );
  const target = await identity(output);
  for (const { path } of inputs) {
    if (path === '-' || target === undefined || (await identity(path)) !== target) continue;
    throw new UsageError(
      `“${output}”是要检查的文件，不能用来存放结果。`,
      `“${output}” is a file to check and cannot hold the result.`,
    );
  }
  const unwritable = (): UsageError => new UsageError(`无法写入“${output}”。`, `“${output}” cannot be written.`);
  const file = await open(output, 'w').catch((): FileHandle => {
    throw unwritable();
  });
  return {
    write: (bytes) =>
      file.appendFile(bytes).catch(() => {
        throw unwritable();
      }),
    close: () => file.close(),
  };
}
