/** Tokens reach FTS5 as text that its `ascii` tokenizer cuts at spaces alone: what it would cut at besides is written as a private character. */
const CUTS = /[!-/:-@[-`{-~]/g
const uncut = (token: string) =>
  token.replace(CUTS, (symbol) => String.fromCharCode(0xe100 + symbol.charCodeAt(0)))

/** A message's tokens as a document. */
export const documentOf = (tokens: readonly string[]): string => tokens.map(uncut).join(' ')

/** A query for documents that hold at least one token of each group. Quoted, so that nothing in it is taken for an operator. */
export const expressionOf = (groups: readonly (readonly string[])[]): string =>
  groups.map((group) => `(${group.map((token) => `"${uncut(token)}"`).join(' OR ')})`).join(' AND ')
