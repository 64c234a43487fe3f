import words from '../../../.cache/text/admin.json'
import { addWords } from './first-words.ts'

addWords(words)
