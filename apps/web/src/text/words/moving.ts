import words from '../../../.cache/text/moving.json'
import { addWords } from './first-words.ts'

addWords(words)
