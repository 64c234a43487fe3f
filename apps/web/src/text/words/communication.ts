import words from '../../../.cache/text/communication.json'
import { addWords } from './first-words.ts'

addWords(words)
