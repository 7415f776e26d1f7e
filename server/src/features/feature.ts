import type { Diagnostic, ServerCapabilities } from 'vscode-languageserver-protocol';
import type { Language, Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Finding } from '../rules/finding.ts';
import type { EditorSettings } from './editorSettings.ts';

/** What a feature may look at: the world at one moment, and whom it speaks to. */
export interface Context {
  readonly snapshot: Snapshot;
  readonly language: Language;
  /** The URI of the folder with the pages of the rules, with a slash at its end. */
  readonly docs?: string;
  readonly editor?: EditorSettings;
  /** Nobody has worked out yet what follows from the last key: what takes following all paths is better left out. */
  readonly isUnderWay?: boolean;
  /** What the editor was told last of what is wrong with a script. */
  told?(script: Script): readonly Diagnostic[] | undefined;
  /** The findings of a script, checked once for each text. */
  findings(script: Script): readonly Finding[];
}

/** Why a request cannot be granted. It is told to the user, and is no bug. */
export class Refusal {
  readonly text: Text;
  constructor(zh: string, en: string) {
    this.text = { zh, en };
  }
}

/** One language feature: the request it answers, what it promises the client, and a pure function, of which the result may be promised. */
export interface Feature<Params, Result> {
  readonly method: string;
  readonly capability: Partial<ServerCapabilities>;
  /** It reads scripts that nobody has open, perhaps all of them; what it reads is forgotten behind it. */
  readonly everywhere?: true;
  /** It looks at the findings of the document that it is asked about: these are worked out before it runs, in turns. */
  readonly looksAtFindings?: true;
  /** It does not wait for them behind a key, but goes by those that the editor shows. */
  readonly isAtOnce?: true;
  /** It waits until the configurations and packs of what has just been opened are in force. */
  readonly settled?: true;
  /** Its result is a full report about a document; where that is what the client was told last, it is not told again. */
  readonly isReport?: true;
  run(context: Context, params: Params): Result;
}
