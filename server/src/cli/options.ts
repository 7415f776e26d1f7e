import { type ParseArgsConfig, parseArgs } from 'node:util';
import { inLanguage, type Language, languageOf, type Text } from '../base/text.ts';
import { type ExportFormat, exportFormats } from '../handover/formats.ts';
import { isDate } from '../packs/yamlReader.ts';

/** Ends the command with exit status 2 and this message: the call, or what it names, is wrong. */
export class UsageError extends Error {
  readonly text: Text;
  constructor(zh: string, en: string) {
    super(en);
    this.text = { zh, en };
  }
}

export const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];

/** What build servers and code hosts read, besides. */
export const checkFormats = [...formats, 'sarif', 'junit', 'github'] as const;
export type CheckFormat = (typeof checkFormats)[number];

export const graphFormats = ['mermaid', 'dot', 'json'] as const;
export type GraphFormat = (typeof graphFormats)[number];

export interface Options<F extends string = Format> {
  readonly paths: readonly string[];
  readonly format: F;
  readonly language: Language;
  readonly output?: string;
  readonly config?: string;
  readonly packs: readonly string[];
  readonly maxWarnings?: number;
  readonly asOf?: string;
  readonly stdin: boolean;
  readonly stdinFilename: string;
}

export const inputFormats = ['jsonl', 'csv', 'tsv'] as const;
export type InputFormat = (typeof inputFormats)[number];

export interface CheckOptions extends Options<CheckFormat> {
  /** A file with what is already known. */
  readonly baseline?: string;
  /** How many threads check at once. */
  readonly jobs?: number;
}

export type GraphOptions = Options<GraphFormat>;

export const reportFormats = ['html', 'docx'] as const;
export type ReportFormat = (typeof reportFormats)[number];
/** Without a format, the file to write tells it. */
export type ReportOptions = Options<ReportFormat | 'auto'>;

export const diffFormats = [...formats, 'html'] as const;
export type DiffOptions = Options<(typeof diffFormats)[number]>;

/** Without a format, the file to write tells it. */
export type ExportOptions = Options<ExportFormat | 'auto'>;

export interface AuditOptions extends Options {
  /** How many threads check at once. */
  readonly jobs?: number;
  /** How the input is written, whatever the names of the files say. */
  readonly inputFormat?: InputFormat;
}

export interface TestOptions extends Options {
  /** Say of everything that no scenario comes to how it could be reached. */
  readonly coverage: boolean;
}

export interface FormatOptions extends Pick<Options, 'paths' | 'language' | 'stdin' | 'stdinFilename'> {
  /** Only say which files would change. */
  readonly check: boolean;
}

export interface FixOptions extends Options {
  /** Show what would change, and change nothing. */
  readonly dryRun: boolean;
}

const known = {
  format: { type: 'string' },
  output: { type: 'string' },
  config: { type: 'string' },
  pack: { type: 'string', multiple: true },
  'max-warnings': { type: 'string' },
  'as-of': { type: 'string' },
  lang: { type: 'string' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
} as const;

const knownToCheck = { ...known, baseline: { type: 'string' }, jobs: { type: 'string' } } as const;

const knownToAudit = { ...known, jobs: { type: 'string' }, 'input-format': { type: 'string' } } as const;

const knownToTest = { ...known, coverage: { type: 'boolean' }, jobs: { type: 'string' } } as const;

const knownToFix = { ...known, 'dry-run': { type: 'boolean' } } as const;

const knownToFormat = {
  check: { type: 'boolean' },
  lang: known.lang,
  stdin: known.stdin,
  'stdin-filename': known['stdin-filename'],
} as const;

/** The language for messages about the call itself: that of `--lang`, else that of the user's system. */
export function messageLanguage(): Language {
  const wanted = /--lang[= ](zh-CN|en)\b/.exec(process.argv.join(' '))?.[1];
  if (wanted !== undefined) return wanted === 'en' ? 'en' : 'zh-CN';
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return languageOf(LC_ALL || LC_MESSAGES || LANG);
}

/** Reads the options that the commands share; throws `UsageError`. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args, known);
  return optionsOf(values, positionals, formats);
}

/** Reads the options of `huashu check`; throws `UsageError`. */
export function readCheckOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parse(args, knownToCheck);
  const { baseline } = values;
  return {
    ...optionsOf(values, positionals, checkFormats),
    ...jobsOf(values),
    ...(baseline !== undefined && { baseline }),
  };
}

/** Reads the options of `huashu baseline`; throws `UsageError`. */
export function readBaselineOptions(args: readonly string[]): Options<'json'> {
  const { values, positionals } = parse(args, known);
  return optionsOf(values, positionals, ['json']);
}

/** Reads the options of `huashu graph`; throws `UsageError`. */
export function readGraphOptions(args: readonly string[]): GraphOptions {
  const { values, positionals } = parse(args, known);
  return optionsOf(values, positionals, graphFormats);
}

/** Reads the options of `huashu diff`; throws `UsageError`. */
export function readDiffOptions(args: readonly string[]): DiffOptions {
  const { values, positionals } = parse(args, known);
  return optionsOf(values, positionals, diffFormats);
}

/** Reads the options of `huashu export`; throws `UsageError`. */
export function readExportOptions(args: readonly string[]): ExportOptions {
  return optionsWithout(args, exportFormats);
}

/** Reads the options of `huashu report`; throws `UsageError`. */
export function readReportOptions(args: readonly string[]): ReportOptions {
  return optionsWithout(args, reportFormats);
}

/** Options of a command whose format may be left to the file that it writes. */
function optionsWithout<F extends string>(args: readonly string[], allowed: readonly [F, ...F[]]): Options<F | 'auto'> {
  const { values, positionals } = parse(args, known);
  const options = optionsOf(values, positionals, allowed);
  return values.format === undefined ? { ...options, format: 'auto' } : options;
}

/** Reads the options of `huashu test`; throws `UsageError`. */
export function readTestOptions(args: readonly string[]): TestOptions {
  const { values, positionals } = parse(args, knownToTest);
  // Whoever gives it to all commands may give it here: scenarios are played in a fraction of the time that a check takes, in one thread.
  jobsOf(values);
  return { ...optionsOf(values, positionals, formats), coverage: values.coverage ?? false };
}

/** Reads the options of `huashu fix`; throws `UsageError`. */
export function readFixOptions(args: readonly string[]): FixOptions {
  const { values, positionals } = parse(args, knownToFix);
  return { ...optionsOf(values, positionals, formats), dryRun: values['dry-run'] ?? false };
}

/** Reads the options of `huashu format`; throws `UsageError`. */
export function readFormatOptions(args: readonly string[]): FormatOptions {
  const { values, positionals } = parse(args, knownToFormat);
  const { check = false, ...shared } = values;
  const { paths, language, stdin, stdinFilename } = optionsOf(shared, positionals, formats);
  return { paths, language, stdin, stdinFilename, check };
}

/** Reads the options of `huashu audit`; throws `UsageError`. */
export function readAuditOptions(args: readonly string[]): AuditOptions {
  const { values, positionals } = parse(args, knownToAudit);
  const inputFormat = values['input-format'];
  if (inputFormat !== undefined && !isOneOf(inputFormats, inputFormat))
    throw new UsageError(
      `--input-format 没有“${inputFormat}”这种格式；可以用：${inputFormats.join('、')}。`,
      `Unknown input format “${inputFormat}”; use ${inputFormats.join(', ')}.`,
    );
  return {
    ...optionsOf<Format>(values, positionals, ['json']),
    ...jobsOf(values),
    ...(inputFormat !== undefined && { inputFormat }),
    stdinFilename: values['stdin-filename'] ?? '',
  };
}

function jobsOf({ jobs }: { readonly jobs?: string | undefined }): { readonly jobs?: number } {
  if (jobs === undefined) return {};
  if (/^[1-9]\d{0,2}$/.test(jobs)) return { jobs: Number(jobs) };
  throw new UsageError('--jobs 需要 1 至 999 的数字。', '--jobs takes a number from 1 to 999.');
}

type Values = ReturnType<typeof parse<typeof known>>['values'];

/** `allowed` are the formats of the command, the default first. */
function optionsOf<F extends string>(
  values: Values,
  positionals: readonly string[],
  allowed: readonly [F, ...F[]],
): Options<F> {
  const format: string = values.format ?? allowed[0];
  if (!isOneOf(allowed, format))
    throw new UsageError(
      `没有“${format}”这种格式；可以用：${allowed.join('、')}。`,
      `Unknown format “${format}”; use ${allowed.join(', ')}.`,
    );
  const lang = languageNamed(values.lang);
  const asOf = values['as-of'];
  if (asOf !== undefined && !isDate(asOf))
    throw new UsageError(`“${asOf}”不是日期，请写成 2026-06-01。`, `“${asOf}” is not a date; write 2026-06-01.`);
  const most = values['max-warnings'];
  if (most !== undefined && !/^\d+$/.test(most))
    throw new UsageError('--max-warnings 需要一个数字。', '--max-warnings takes a number.');
  if (values.stdin && positionals.length > 0) {
    throw new UsageError('--stdin 和路径只能选一个。', 'Give either --stdin or paths, not both.');
  }
  return {
    paths: positionals,
    format,
    language: lang ?? messageLanguage(),
    ...(values.output !== undefined && { output: values.output }),
    ...(values.config !== undefined && { config: values.config }),
    packs: values.pack ?? [],
    ...(most !== undefined && { maxWarnings: Number(most) }),
    ...(asOf !== undefined && { asOf }),
    stdin: values.stdin ?? false,
    stdinFilename: values['stdin-filename'] ?? 'stdin.huashu',
  };
}

function languageNamed(lang: string | undefined): Language | undefined {
  if (lang !== undefined && lang !== 'zh-CN' && lang !== 'en')
    throw new UsageError(`--lang 只能是 zh-CN 或 en。`, '--lang is zh-CN or en.');
  return lang;
}

/** Editors tell every server this, by habit: it speaks on standard input and output anyway. */
const knownToServer = {
  lang: known.lang,
  stdio: { type: 'boolean' },
  clientProcessId: { type: 'string' },
} as const;

/** Reads the options of `huashu lsp`; throws `UsageError`. */
export function readServerOptions(args: readonly string[]): { readonly language?: Language } {
  const { values, positionals } = parse(args, knownToServer);
  if (positionals.length > 0)
    throw new UsageError(
      `lsp 不接受参数“${positionals.join(' ')}”。`,
      `lsp takes no argument “${positionals.join(' ')}”.`,
    );
  const language = languageNamed(values.lang);
  return { ...(language !== undefined && { language }) };
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const option = /'(--?[^\s'=<]+)/.exec(detail)?.[1] ?? '';
    const value = detail.includes('argument missing') || detail.includes('argument is ambiguous');
    throw value
      ? new UsageError(`选项“${option}”需要一个值。`, `The option “${option}” needs a value.`)
      : new UsageError(
          `没有“${option}”这个选项；用 huashu --help 查看用法。`,
          `Unknown option “${option}”; see huashu --help.`,
        );
  }
}

function isOneOf<T extends string>(all: readonly T[], value: string): value is T {
  return (all as readonly string[]).includes(value);
}

/** A message for the person at the terminal, on stderr. */
export function complain(text: Text, language: Language): void {
  process.stderr.write(`${inLanguage(text, language)}\n`);
}
