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

export interface RuleFix {
  readonly replace: Replacement;
  readonly with: string;
  readonly safe: boolean;
}

export interface Example {
  /** The text without its marks. */
  readonly text: string;
  /** What is underlined, where the example says so. */
  readonly mark?: { readonly start: number; readonly end: number };
  readonly facts: Facts;
  readonly channel?: Channel;
  readonly stage?: Stage;
  readonly step?: string;
  readonly because?: string;
}

export interface WordingRule {
  readonly id: string;
  readonly category: WordingCategory;
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
  readonly templates: readonly Template[];
}

/** A kind of reply that a customer or third party gives. */
export interface Reply {
  readonly id: string;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly about: Text;
  readonly examples: readonly string[];
  readonly sets: Facts;
}

/** A variable that templates use, as a quick-fix declares it. */
export interface SuggestedVariable {
  readonly name: string;
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
  readonly evidence: readonly Evidence[];
  readonly rules: readonly WordingRule[];
  readonly steps: readonly Step[];
  readonly replies: readonly Reply[];
  readonly variables: readonly SuggestedVariable[];
}
