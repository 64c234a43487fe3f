interface Told {
  readonly notice: unknown
  readonly extras?: { readonly imported?: unknown } | null
}

/** Whether nobody is told of it: a system line, or brought from elsewhere. */
export const isQuiet = ({ notice, extras }: Told): boolean =>
  notice !== null || extras?.imported !== undefined
