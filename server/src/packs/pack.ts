import type { Text } from '../base/text.ts';
import type { Channel, Stage, VariableType } from '../syntax/vocabulary.ts';

/** How bad a finding is. */
export const severities = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** How sure a rule is. */
export const confidences = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof confidences)[number];

/** Whether a script may say that a rule does not count: yes, only with an approver, or not at all. */
export const suppressibles = ['true', 'approval', 'false'] as const;

/** The categories of wording rules; few and stable, since dashboards count by them. */
export const wordingCategories = [
  'threat-violence',
  'insult-abuse',
  'impersonate-authority',
  'impersonate-lawyer',
  'false-legal-status',
  'exaggerated-consequence',
  'credit-report-misrepresent',
  'third-party-disclosure',
  'third-party-pressure',
  'disclose-before-identity',
  'caller-identity-concealed',
  'harass-time-frequency',
  'induce-borrowing',
  'unofficial-payment-channel',
  'fee-misstatement',
  'false-promise',
  'deny-rights',
  'privacy-overreach',
  'public-shaming-visit',
  'vulnerable-pressure',
  'unprofessional-tone',
] as const;
export type WordingCategory = (typeof wordingCategories)[number];

/** The categories of rules about the order of a conversation. */
export const flowCategories = [
  'identity-before-disclosure',
  'third-party-disclosure',
  'self-identification',
  'recording-notice',
  'step-missing',
  'step-order',
  'reply-missing',
  'dispute-ignored',
  'hardship-ignored',
  'stop-contact-ignored',
  'vulnerable-ignored',
  'complaint-channel',
  'plan-recap',
  'contact-time',
  'contact-frequency',
  'channel-limits',
] as const;
export type FlowCategory = (typeof flowCategories)[number];

/** What can be known about a moment of a conversation; the keys of the audit's `context` apart from channel, stage and step. */
export const factValues = {
  identity: ['confirmed', 'unconfirmed'],
  listener: ['debtor', 'third-party', 'guarantor', 'minor'],
  recording: ['announced', 'not-announced'],
  organization: ['bank', 'agency'],
  caseVerified: ['true', 'false'],
  promotionVerified: ['true', 'false'],
} as const;
export type Fact = keyof typeof factValues;
/** What is known; an absent fact is unknown. */
export type Facts = { readonly [fact in Fact]?: string };
/** For some facts, the values that count. */
export type FactSets = { readonly [fact in Fact]?: readonly string[] };

export const bindings = [
  'law',
  'regulation',
  'departmental-rule',
  'normative',
  'judicial',
  'national-standard',
  'self-regulatory',
  'practice',
] as const;
export type Binding = (typeof bindings)[number];

export const evidenceLevels = ['primary', 'near-verbatim', 'press', 'weak', 'general'] as const;
export type EvidenceLevel = (typeof evidenceLevels)[number];

/** A law, standard or guideline that a rule relies on. */
export interface Source {
  readonly id: string;
  readonly document: Text;
  /** Only where the number was verified. */
  readonly article?: string;
  readonly binding: Binding;
  /** First and last day in force, as `2026-01-30`. */
  readonly from?: string;
  readonly to?: string;
  readonly evidence: EvidenceLevel;
  readonly gist: Text;
}

export const reaches = ['clause-before', 'clause', 'sentence-before', 'sentence', 'utterance'] as const;
export type Reach = (typeof reaches)[number];

/** Circumstances in which the words of a rule are harmless: a negation, a report, a warning. */
export interface Context {
  readonly id: string;
  readonly title: Text;
  readonly reach: Reach;
  readonly cues: readonly string[];
  readonly except: readonly string[];
  readonly void: readonly string[];
}

/** What a line itself says about the situation. */
export interface Evidence {
  readonly fact: Fact;
  readonly value: string;
  readonly patterns: readonly string[];
  /** Ids of contexts in which the words say nothing. */
  readonly unless: readonly string[];
  readonly inside: readonly string[];
}

export const extents = ['clause', 'sentence', 'utterance'] as const;
export type Extent = (typeof extents)[number];

/** Patterns that must all occur near each other, in any order; most rules have one. */
export interface Wording {
  readonly all: readonly string[];
  readonly within: Extent;
}

/** Who speaks in the lines that a rule looks at: the agent to the customer, or the script to the agent. */
export const speakers = ['agent', 'guidance'] as const;
export type Speaker = (typeof speakers)[number];

/** What a finding underlines. */
export const reports = ['match', 'clause', 'sentence'] as const;

export const replacements = ['match', 'clause', 'sentence', 'utterance'] as const;
export type Replacement = (typeof replacements)[number];

/** What can be said instead. */
export interface Alternative {
  readonly with: string;
  /** Where it can be said; everywhere, if none is named. A script that names no channel is a telephone call. */
  readonly channels?: readonly Channel[];
  /** What must be known to hold where it is said … */
  readonly facts: FactSets;
  /** … and what must not be known to hold there. */
  readonly lifted: FactSets;
}

/** What stands at an edge of a message, whatever is said between: its signature, how to opt out. */
export interface Edge {
  readonly pattern: string;
  /** What takes its place where it is what is wrong. */
  readonly instead?: string;
}

export interface RuleFix extends Alternative {
  readonly replace: Replacement;
  readonly safe: boolean;
}

/** What every example has: a line or a script without its marks, and what is underlined, where the example says so. */
export interface Quoted {
  readonly text: string;
  readonly mark?: { readonly start: number; readonly end: number };
}

export interface Example extends Quoted {
  readonly facts: Facts;
  readonly channel?: Channel;
  readonly stage?: Stage;
  readonly step?: string;
  readonly because?: string;
}

/** What all rules of packs have in common. */
interface RuleBase {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly suppressible: boolean | 'approval';
  readonly title: Text;
  readonly message: Text;
  readonly why: Text;
  /** Ids of sources. */
  readonly sources: readonly string[];
  /** First and last day of the rule, where its sources do not tell. */
  readonly from?: string;
  readonly to?: string;
}

/** A rule about how one line is worded. */
export interface WordingRule extends RuleBase {
  readonly category: WordingCategory;
  readonly where: {
    readonly speakers: readonly Speaker[];
    readonly channels?: readonly Channel[];
    readonly stages?: readonly Stage[];
    readonly steps?: readonly string[];
    readonly facts: FactSets;
  };
  readonly lifted: FactSets;
  /** Any of these. */
  readonly match: readonly Wording[];
  readonly needs: readonly string[];
  /** Ids of contexts: one of `when` must hold, where there are any, and none of `unless`. */
  readonly when: readonly string[];
  readonly unless: readonly string[];
  readonly inside: readonly string[];
  readonly report: (typeof reports)[number];
  readonly fixes: readonly RuleFix[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

/** Something that an author wants to see of every node: whether it is so there, on every path, on none or on some. */
export interface Knowledge {
  readonly id: string;
  readonly title: Text;
  /** What it is called when it is so, and when it is not. */
  readonly yes: Text;
  readonly no: Text;
  readonly since: Happening;
  readonly until?: Happening;
  /** Whether the editor shows it beside the heading: always, only where it may be so, or not at all. */
  readonly hint: (typeof knowledgeHints)[number];
}

export const knowledgeHints = ['always', 'where-so', 'never'] as const;

/** Who says what a detector hears: the agent, the customer or a third party, or the script to the agent. */
export const detectorSpeakers = ['agent', 'party', 'guidance'] as const;

/** Says what an utterance does, such as disclosing a debt or taking a dispute, whatever the node is called that it stands in. */
export interface Detector {
  readonly id: string;
  readonly title: Text;
  readonly speaker: (typeof detectorSpeakers)[number];
  /** Any of these, outside of `inside` and not in the contexts of `unless`. */
  readonly match: readonly Wording[];
  readonly unless: readonly string[];
  readonly inside: readonly string[];
  /** A line with a variable of one of these types does it as well. */
  readonly variables: readonly VariableType[];
  /** So does one that says back what the customer said, as `记录` took it down, where that is of one of these types. */
  readonly repeats: readonly VariableType[];
  /** Ids of wording rules: what they find, were the facts such, does it as well. */
  readonly rules: readonly string[];
  readonly facts: Facts;
  readonly examples: { readonly does: readonly Quoted[]; readonly not: readonly Quoted[] };
}

/** How a conversation can end: with a named outcome, `→ 结束`, with a person, off the last node, or as a message that is sent. */
export const endings = ['outcome', 'end', 'transfer', 'ran-out', 'sent'] as const;
export type Ending = (typeof endings)[number];

/** Something that happens in a conversation: any of these. */
export interface Happening {
  /** Ids of detectors: somebody says so. */
  readonly says: readonly string[];
  /** Ids of steps: a node that performs one begins. */
  readonly performs: readonly string[];
  /** Ids of reply categories: the customer answers so. */
  readonly takes: readonly string[];
  /** It becomes known that one of these holds. */
  readonly facts: FactSets;
  readonly ends: readonly Ending[];
  /** Ids of detectors: what is said does not count where the same line does this. */
  readonly unless?: readonly string[];
}

export const flowKinds = [
  'requires-before',
  'forbids-after',
  'must-reach',
  'must-answer',
  'must-contain',
  'must-offer',
  'must-let-go',
  'max-count',
  'ends-with',
  'limits',
] as const;
export type FlowKind = (typeof flowKinds)[number];

/** What the front matter, or a message, must keep to. */
export interface Limits {
  /** Minutes of the day, between which `时段` has to lie. */
  readonly hours?: { readonly from: number; readonly to: number };
  /** Contacts a day. */
  readonly unanswered?: number;
  readonly connected?: number;
  /** Characters of a message, its variables filled with their samples. */
  readonly characters?: number;
}

export const flowFixKinds = [
  'answer',
  'insert-step',
  'add-replies',
  'add-anytime',
  'go-to-step',
  'say-before',
  'move-behind',
  'say',
  'begin-with',
  'end-with',
  'remove',
] as const;

/** A way to mend a flow finding; `step` is the id of a step, `replies` of categories, `text` what is said. */
export interface FlowFix {
  readonly kind: (typeof flowFixKinds)[number];
  readonly step?: string;
  readonly replies: readonly string[];
  readonly text?: string;
}

/** A rule about the order of a conversation. */
export interface FlowRule extends RuleBase {
  readonly category: FlowCategory;
  readonly kind: FlowKind;
  readonly where: {
    /** A script that names no channel is a telephone call; one that names no stage may be at any, unless it has to be `stated`. */
    readonly channels?: readonly Channel[];
    readonly stages?: readonly Stage[];
    readonly stated: boolean;
    /** Of the organization that calls, and of what may be known where the rule looks. */
    readonly facts: FactSets;
  };
  /** What is forbidden or has a condition; for `must-offer` the nodes in question, for `must-let-go` what comes up where a customer goes round for whose answer there is no branch at all. */
  readonly event?: Happening;
  /** Since when the rule looks. */
  readonly after?: Happening;
  /** Until when it does. */
  readonly until?: Happening;
  /** What must have happened, or must happen. */
  readonly requires?: Happening;
  /** Of each list one reply category must be offered; for `must-let-go` the answers of a customer, and what stands for them where they are not offered. */
  readonly replies: readonly (readonly string[])[];
  readonly max?: 0 | 1;
  readonly limits: Limits;
  readonly fixes: readonly FlowFix[];
  /** Whole scripts. */
  readonly examples: { readonly bad: readonly Quoted[]; readonly good: readonly Quoted[] };
}

export interface TemplateReply {
  /** The id of a reply category. */
  readonly reply: string;
  readonly examples: readonly string[];
  /** A step, or a built-in target such as 重复. */
  readonly to?: string;
  readonly says: readonly string[];
  readonly outcome?: string;
}

/** Complete compliant lines for a step. */
export interface Template {
  readonly channels?: readonly Channel[];
  readonly stages?: readonly Stage[];
  /** Who calls: the bank itself, or an agency on its behalf. */
  readonly organizations?: readonly string[];
  readonly notes: readonly string[];
  readonly says: readonly string[];
  readonly replies: readonly TemplateReply[];
  readonly outcome?: string;
}

/** A standard step of a conversation. */
export interface Step {
  readonly id: string;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly purpose: Text;
  readonly contents: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** Ids of the steps that come before. */
  readonly after: readonly string[];
  readonly sources: readonly string[];
  readonly sets: Facts;
  /** At these stages a new script has the step, though no rule asks for it. */
  readonly usual: readonly Stage[];
  readonly templates: readonly Template[];
  /** Further compliant sentences of the step, for channels on which the customer replies. */
  readonly phrases: readonly string[];
}

/** A kind of reply that a customer or third party gives. */
export interface Reply {
  readonly id: string;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly about: Text;
  readonly examples: readonly string[];
  readonly sets: Facts;
  /** Ids of detectors that recognise such a reply by its words. */
  readonly heard: readonly string[];
  /** Words that are such a reply only where a line of the node asks for it: 是的 to “Are you Mr Wang?”. */
  readonly answers?: Answers;
  /** The customer refuses, objects or complains. */
  readonly refusal?: true;
}

/** Ids of detectors: what the agent asks, and the words that answer it. */
export interface Answers {
  readonly to: readonly string[];
  readonly by: readonly string[];
  /** Aliases of the category that are an answer as well, and mean it only where it is asked for: 肯定, Yes. */
  readonly named: readonly string[];
}

/** A variable that templates use, as a quick-fix declares it. */
export interface SuggestedVariable {
  readonly name: string;
  /** What scripts call the same thing. */
  readonly aliases: readonly string[];
  readonly type: VariableType;
  readonly sample: string;
  readonly note?: Text;
}

/** A rule pack: plain data, as loaded from YAML or from the bundle. */
export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly prefix: string;
  readonly sources: readonly Source[];
  readonly lexicons: { readonly [name: string]: readonly string[] };
  readonly contexts: readonly Context[];
  /** Words with which speech turns; a context before them lifts nothing behind them. */
  readonly turns: readonly string[];
  /** Containers for all rules: a quotation together with the words that forbid it, deny it or warn of it. */
  readonly disowned: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly rules: readonly WordingRule[];
  readonly detectors: readonly Detector[];
  readonly flow: readonly FlowRule[];
  readonly knowledge: readonly Knowledge[];
  readonly steps: readonly Step[];
  readonly replies: readonly Reply[];
  readonly variables: readonly SuggestedVariable[];
  /** What other words leave at the edges of a message. */
  readonly edges: readonly Edge[];
  /** What the agent can say wherever every other wording would give away too much. */
  readonly discreet: readonly Alternative[];
}
