import type { newsWords } from '../text/en/news-words.ts'

/** Says a word of the news in the person's language. */
export type Say = (word: keyof typeof newsWords.news, values?: Record<string, string>) => string
