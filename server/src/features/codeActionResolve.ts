import type { CodeAction } from 'vscode-languageserver-protocol';
import { editOf } from './actions/later.ts';
import type { Later } from './actions/offer.ts';
import type { Feature } from './feature.ts';

/** The edit of an action that has been chosen. */
export const codeActionResolve: Feature<CodeAction, CodeAction> = {
  method: 'codeAction/resolve',
  // Promised together with the actions.
  capability: {},
  run(context, action) {
    const edit = action.data === undefined ? undefined : editOf(action.data as Later, context);
    return edit ? { ...action, edit } : action;
  },
};
