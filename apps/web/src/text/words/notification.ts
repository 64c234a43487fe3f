import words from '../../../.cache/text/notification.json'
import { addWords } from './first-words.ts'

addWords(words)
