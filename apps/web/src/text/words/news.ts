import words from '../../../.cache/text/news.json'
import { addWords } from './first-words.ts'

addWords(words)
