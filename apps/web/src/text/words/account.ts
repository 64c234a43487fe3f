import words from '../../../.cache/text/account.json'
import { addWords } from './first-words.ts'

addWords(words)
