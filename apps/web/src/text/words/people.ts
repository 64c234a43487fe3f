import words from '../../../.cache/text/people.json'
import { addWords } from './first-words.ts'

addWords(words)
