import words from '../../../.cache/text/first-steps.json'
import { addWords } from './first-words.ts'

addWords(words)
