import words from '../../../.cache/text/leftover.json'
import { addWords } from './first-words.ts'

addWords(words)
