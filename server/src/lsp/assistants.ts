import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Finding } from '../rules/finding.ts';
import { guarded } from './failure.ts';
import type { Positions } from './positions.ts';
import { inTurns } from './turns.ts';

const methods = ['huashu/assist', 'huashu/rewritePrompt', 'huashu/tryRewrites'] as const;
export type AssistMethod = (typeof methods)[number];

/** What the requests ask of the server around them. */
export interface Surroundings {
  readonly snapshot: () => Snapshot;
  readonly checking: (script: Script, snapshot: Snapshot) => Steps<readonly Finding[]>;
  readonly problems: () => readonly EnvironmentProblem[];
  /** The URIs of those that are open, each with a slash at its end. */
  readonly folders: () => readonly string[];
  /** When the files that are not open have been read. */
  readonly ready: () => Promise<void>;
  readonly pause: () => Promise<void>;
  readonly positions: Positions;
  readonly language: () => Language;
  readonly log: (error: unknown) => void;
}

/** Answers what language models ask. These are no features, since a check of a whole text takes its time; most users have no model. */
export function answerAssistants(connection: Connection, around: Surroundings): void {
  for (const method of methods)
    connection.onRequest(
      method,
      guarded<unknown, object>(method, around, async (params, token: CancellationToken) => {
        const asked = around.positions.asked(params);
        const { assistRequests } = await import('./assistRequests.ts');
        await around.ready();
        const work = assistRequests[method](asked as never, around);
        const done = await inTurns(work, around.pause, () => token.isCancellationRequested);
        if (!done) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
        return done.value instanceof Refusal
          ? new ResponseError(LSPErrorCodes.RequestFailed, inLanguage(done.value.text, around.language()))
          : around.positions.answered(method, asked, done.value);
      }),
    );
}
