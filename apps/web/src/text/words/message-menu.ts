import words from '../../../.cache/text/message-menu.json'
import { addWords } from './first-words.ts'

addWords(words)
