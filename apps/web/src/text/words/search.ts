import words from '../../../.cache/text/search.json'
import { addWords } from './first-words.ts'

addWords(words)
