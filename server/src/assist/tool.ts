import type { Steps } from '../base/steps.ts';
import type { Language, Text } from '../base/text.ts';
import type { Refusal } from '../features/feature.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { FileReport } from '../report/report.ts';

/** Something that a language model can ask of us. Whoever offers it to one brings the script, and shows the answer. */
export interface Tool {
  readonly name: string;
  readonly title: Text;
  /** What it does and when to use it, for the model. */
  readonly about: Text;
  readonly fields: Fields;
  /** The script that it looks at, or in whose place it looks; a mistake in what was asked. */
  subject(input: Input): Subject | Refusal;
  run(input: Input, ground: Ground): Steps<Answer | Refusal>;
}

/** What a tool is asked with. All values are texts: models get those right. */
export interface Fields {
  readonly [name: string]: Field;
}

export interface Field {
  readonly about: Text;
  readonly required?: true;
  readonly choices?: readonly string[];
  /** In UTF-16 units. */
  readonly longest: number;
}

export interface Input {
  readonly [name: string]: string | undefined;
}

/** A text that is a script, or the path of one as the model wrote it. */
export type Subject = { readonly text: string } | { readonly path: string };

/** What a tool may look at. */
export interface Ground {
  readonly script: Script;
  readonly snapshot: Snapshot;
  /** Of the answer. */
  readonly language: Language;
  /** What is wrong with configurations and packs, so that rules may be missing. */
  readonly problems: readonly FileReport[];
  /** How files are called. */
  nameOf(uri: string): string;
}

export interface Answer {
  /** For a reader, and for models that read. */
  readonly text: string;
  /** The same for programs. */
  readonly data: { readonly [key: string]: unknown };
}
