/** What every view tells, whatever it shows: its page is there. */
export interface FromPage {
  readonly kind: 'begin';
}

/** What every view is told: what it is to show has been sent before it was there. If that has not come, it begins again. */
export interface ToPage {
  readonly kind: 'sent';
}
