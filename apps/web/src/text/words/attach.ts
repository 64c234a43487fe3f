import words from '../../../.cache/text/attach.json'
import { addWords } from './first-words.ts'

addWords(words)
