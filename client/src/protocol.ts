/** What the server asks of the client beyond the Language Server Protocol; the server has the same names on its side. */

/** Without parameters; the answer is the URIs (`string[]`) of every script in the workspace. */
export const filesRequest = 'huashu/files';

/** With `{ uri: string }`; the answer is the file's text, `null` where there is none, or `false` where it cannot be read. */
export const readRequest = 'huashu/read';

/** With `{ uri: string }`; the answer is the URIs (`string[]`) of what is in a folder, or `null` where there is none. */
export const folderRequest = 'huashu/folder';

/** With `{ path: string }` in the folder `dist` of the extension; the answer is the bytes of that file. Only a server in a worker asks. */
export const shippedRequest = 'huashu/shipped';

/** With `{ uri?: string }`; the answer is the scenarios (`ListedScript[]`) of one script, or of all that have any. */
export const scenariosRequest = 'huashu/scenarios';

/** With `{ scripts: { uri, ids? }[] }`; the answer is what became of these scenarios (`RunResult`). */
export const runScenariosRequest = 'huashu/runScenarios';

/** Sent by the server, without parameters: scripts, packs or settings are others now, and what it told of them may be out of date. */
export const changed = 'huashu/changed';

/** With `{ uri: string }`; the answer is how a script is checked and what was found (`Status`), or `null` where there is no such script. */
export const statusRequest = 'huashu/status';

export interface Status {
  readonly packs: readonly { readonly id: string; readonly title: string; readonly version: string }[];
  /** Packs of which something or everything is not in force, and why. */
  readonly troubles: readonly { readonly name: string; readonly reason: string }[];
  /** How many findings there are, by severity; what is suppressed does not count. */
  readonly findings: { readonly [severity in 'error' | 'warning' | 'info' | 'hint']: number };
}

/** With `PasteParams`; the answer is a `PasteResult`, or `null` where the clipboard does not look like a dialogue. */
export const pasteRequest = 'huashu/paste';

/** With `ImportParams`; the answer is an `ImportResult`. */
export const importRequest = 'huashu/import';

export interface PasteParams {
  readonly uri: string;
  readonly range: Span;
  readonly html?: string;
  readonly text?: string;
}

export interface PasteResult {
  readonly text: string;
  readonly edits: readonly { readonly range: Span; readonly newText: string }[];
}

export interface ImportParams {
  readonly name: string;
  /** In base64. */
  readonly bytes: string;
  readonly uri: string;
}

export interface ImportResult {
  readonly text: string;
  /** What was understood, in numbers. */
  readonly summary: string;
}

/** With the answers so far (`NewScriptParams`); the answer is the next question, or the new script (`NewScriptResult`). */
export const newScriptRequest = 'huashu/newScript';

export interface NewScriptParams {
  /** By the `id` of their questions. */
  readonly answers: { readonly [id: string]: string | readonly string[] };
  /** Where the script will stand, by which the rule packs that hold there are found. */
  readonly uri?: string;
}

export type NewScriptResult = { readonly question: Question } | { readonly text: string };

export interface Question {
  readonly id: string;
  readonly title: string;
  /** Which question it is, and of how many. */
  readonly step: number;
  readonly steps: number;
  readonly placeholder: string;
  /** What there is to choose from; without it the answer is a text, and `value` a proposal. */
  readonly choices?: readonly Choice[];
  /** Any number of the choices, and not just one. */
  readonly many?: true;
  readonly value?: string;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** It is ticked or, where one is chosen, the one that Enter takes. */
  readonly picked?: true;
}

/** With what the user has been asked for (`SuppressParams`); the answer is an edit, or an error with the reason against it. */
export const suppressRequest = 'huashu/suppress';

export interface SuppressParams {
  readonly textDocument: { readonly uri: string };
  readonly rule: string;
  readonly position: Span['start'];
  readonly scope: SuppressAsking['scopes'][number];
  readonly reason: string;
  readonly approved?: string;
  readonly until?: string;
}

/** What the server knows of a suppression before the user is asked. */
export interface SuppressAsking {
  readonly uri: string;
  readonly rule: string;
  readonly position: Span['start'];
  /** For what it can be, the smallest first. */
  readonly scopes: readonly ('line' | 'node' | 'file')[];
  /** The rule, for the user. */
  readonly title: string;
  /** Whether there has to be an approver. */
  readonly approval: boolean;
  readonly today: string;
  /** The day that is proposed. */
  readonly until: string;
}

/** With `CheckParams`; checks all scripts in the folders, and the answer is what was found (`CheckedWorkspace`). */
export const checkWorkspaceRequest = 'huashu/checkWorkspace';

export interface CheckParams {
  /** What is said on the way goes there, as `$/progress` of a work. */
  readonly workDoneToken: string;
}

export interface CheckedWorkspace {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** What was found, in words. */
  readonly summary: string;
  /** The URIs of scripts that are there and cannot be read. */
  readonly unreadable: readonly string[];
}

/** With `ReportParams`; the lines of `huashu check` come as partial results (`string[]`), and the answer is a `FolderReport`. */
export const reportRequest = 'huashu/report';

export interface ReportParams {
  /** The URI of the folder. */
  readonly folder: string;
  readonly partialResultToken: string;
}

export interface FolderReport {
  /** The last line. */
  readonly summary: string;
  readonly errors: number;
}

export interface ListedScript {
  readonly uri: string;
  readonly scenarios: readonly { readonly id: string; readonly name: string; readonly range: Span }[];
}

export interface RunResult {
  readonly results: readonly {
    readonly uri: string;
    readonly id: string;
    readonly passed: boolean;
    readonly failures: readonly {
      readonly message: string;
      readonly range: Span;
      readonly transcript: readonly RanLine[];
    }[];
    readonly transcript: readonly RanLine[];
  }[];
  readonly coverage: readonly CoveredScript[];
}

/** Something that was said. */
export interface RanLine {
  readonly label: string;
  readonly uri: string;
  readonly range: Span;
}

export interface CoveredScript {
  readonly uri: string;
  readonly nodes: readonly { readonly name: string; readonly range: Span; readonly count: number }[];
  readonly lines: readonly {
    readonly range: Span;
    readonly count: number;
    readonly branches: readonly { readonly label: string; readonly range: Span; readonly count: number }[];
  }[];
}

/** A range of the Language Server Protocol. */
export interface Span {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What the server is told at its start. */
export interface InitializationOptions {
  /** The three requests about files are answered. */
  readonly readsFiles: true;
  /** `huashu/changed` is heard. */
  readonly hearsChanges: true;
  /** The URI of the folder with the pages of the rules. */
  readonly docs: string;
  /** The command that shows references; it takes a URI, a position and locations of the protocol. */
  readonly referencesCommand: string;
  /** The command that asks for what a suppression needs; it takes `SuppressAsking`. */
  readonly suppressCommand: string;
  /** The command that has a line rewritten by the language model of the user; it takes `RewriteAsking`. */
  readonly rewriteCommand: string;
}

/** With `MapParams`; the answer is the map of a script (`FlowMap`), or `null` where there is no such script. */
export const mapRequest = 'huashu/map';

/** With `MapParams`; the answer is the same as a picture that stands for itself, an SVG file. */
export const mapPictureRequest = 'huashu/mapPicture';

export interface MapParams {
  readonly uri: string;
  /** The cards whose sub-conversations are folded away. */
  readonly folded: readonly string[];
}

/** The conversation of a script, ready to be shown. */
export interface FlowMap {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** How the drawings look, as a style sheet; their colours are variables `--map-…`. */
  readonly style: string;
  readonly cards: readonly MapCard[];
  readonly lines: readonly MapLine[];
  readonly findings: readonly MapFinding[];
}

export interface MapCard extends Place {
  readonly id: string;
  readonly name: string;
  /** All that stands on the card, in words. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How many cards belong to its sub-conversation; they are not among the cards where it is folded. */
  readonly below: number;
  readonly folded: boolean;
  /** Its sub-conversation is a part of the whole, and not most of it: it is folded along with the others of that kind. */
  readonly aside: boolean;
  readonly svg: string;
}

export interface MapLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly svg: string;
}

/** A finding, and what of the map is its path. */
export interface MapFinding extends Place {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly text: string;
  readonly cards: readonly string[];
  readonly lines: readonly string[];
}

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly range: Span;
}

/** With `RehearseParams`; the answer is a conversation (`Rehearsal`), or `null` where there is nothing to play. */
export const rehearseRequest = 'huashu/rehearse';

/** With `RehearseParams`; the answer is a `SavedRehearsal`, or an error with the reason against it. */
export const saveRehearsalRequest = 'huashu/saveRehearsal';

/** What a rehearsal is made of. */
export interface Course {
  readonly values: readonly { readonly name: string; readonly value: string }[];
  readonly replies: readonly Reply[];
  /** The node in which it begins, where no way leads there, by the place of its first line. */
  readonly inside?: Span['start'];
  /** How many syllables the agent says in a minute. */
  readonly rate?: number;
}

export interface RehearseParams extends Course {
  readonly uri: string;
  /** Begins anew, at the node in which this place is. */
  readonly from?: Span['start'];
}

export type Speaker = 'agent' | 'customer' | 'third-party';

/** A category, or a sentence that stands for one. */
export interface Reply {
  readonly text: string;
  readonly speaker: Speaker;
}

/** A conversation as far as it has come, ready to be shown. */
export interface Rehearsal {
  readonly title: string;
  /** What was played of the replies. */
  readonly replies: readonly Reply[];
  readonly inside: Span['start'] | null;
  readonly lines: readonly RehearsedLine[];
  readonly standing: 'waiting' | 'ended' | 'stuck';
  /** How it has ended, or why it goes no further. */
  readonly outcome: string;
  /** What is wrong with how it has ended. */
  readonly findings: readonly RehearsedFinding[];
  readonly choices: readonly {
    readonly category: string;
    readonly speaker: Speaker;
    readonly mark: 'customer' | 'third-party' | 'refusal';
    readonly anytime: boolean;
    readonly examples: readonly string[];
  }[];
  /** Why a reply was not taken. */
  readonly refused: string | null;
  /** The variables without which nobody can tell how it goes on. */
  readonly missing: readonly string[];
  readonly values: readonly {
    readonly name: string;
    readonly value: string;
    readonly sample: string;
    readonly choices: readonly string[];
  }[];
  readonly known: readonly {
    readonly title: string;
    readonly text: string;
    readonly so: boolean;
    readonly line: number | null;
  }[];
  /** The rules that would be broken by an act now, and those that want something before the end. */
  readonly forbidden: readonly RehearsedRule[];
  readonly owed: readonly RehearsedRule[];
  /** How long the agent has spoken. */
  readonly seconds: number;
  readonly rate: number;
}

export interface RehearsedLine extends Place {
  readonly node: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly category: string | null;
  /** Which of the replies it is, or is behind. */
  readonly reply: number | null;
  readonly seconds: number | null;
  readonly findings: readonly RehearsedFinding[];
}

export interface RehearsedFinding {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly text: string;
  /** What is wrong only on another path than this one. */
  readonly elsewhere: boolean;
}

export interface RehearsedRule {
  readonly title: string;
  readonly act: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
}

export interface SavedRehearsal {
  /** A `WorkspaceEdit` of the protocol. */
  readonly edit: object;
  /** Where the name of the scenario will stand. */
  readonly name: Span;
}

/** With `ExportParams`; the answer is a `WrittenFile`, as `huashu export` writes it. */
export const exportRequest = 'huashu/export';

export interface ExportParams {
  readonly uri: string;
  readonly format: 'docx' | 'xlsx' | 'csv' | 'html' | 'mermaid' | 'json';
}

export interface WrittenFile {
  /** In base64. */
  readonly bytes: string;
}

/** With `ComplianceReportParams`; the answer is a `WrittenReport`, as `huashu report` writes it. */
export const complianceReportRequest = 'huashu/complianceReport';

export interface ComplianceReportParams {
  readonly uri: string;
  readonly format: 'html' | 'docx';
}

export interface WrittenReport extends WrittenFile {
  readonly errors: number;
  readonly warnings: number;
}

/** With `DifferenceParams`; the answer is a `ToldDifference`, as `huashu diff` tells it. */
export const differenceRequest = 'huashu/difference';

export interface DifferenceParams {
  readonly uri: string;
  /** A text that was committed, or another script. */
  readonly before: { readonly committed: string } | { readonly uri: string };
  /** `view` is what stands in a page, with the lines of the script that it is about. */
  readonly format: 'view' | 'html' | 'json' | 'text';
}

export interface ToldDifference {
  readonly same: boolean;
  readonly text: string;
}

/** With `AssistParams`; the answer is what a tool says to a language model, as `{ text: string }`, or an error with the reason against it. */
export const assistRequest = 'huashu/assist';

export interface AssistParams {
  readonly tool: string;
  /** As the model has written it. */
  readonly input: unknown;
}

/** With `RewriteAsking`; the answer is what is to be asked of a language model (`RewritePrompt`). */
export const rewritePromptRequest = 'huashu/rewritePrompt';

/** With `RewriteAsking` and what the model has answered, as `answer`; the answer is what of it is clean in its place (`TriedRewrites`). */
export const tryRewritesRequest = 'huashu/tryRewrites';

/** The finding whose line is to be rewritten. */
export interface RewriteAsking {
  readonly uri: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly position: Span['start'];
}

export interface RewritePrompt {
  readonly prompt: string;
  /** The line as it is. */
  readonly line: string;
}

export interface TriedRewrites {
  /** The version of the document that the ranges are of. */
  readonly version: number;
  readonly rewrites: readonly {
    readonly text: string;
    readonly range: Span;
    /** What the script will be asked for besides, now that the line speaks of it. */
    readonly asks: readonly string[];
  }[];
  /** How many others there were, and why the first of them is not among the rewrites. */
  readonly refused: number;
  readonly reason?: string;
}
