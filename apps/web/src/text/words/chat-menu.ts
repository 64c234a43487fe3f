import words from '../../../.cache/text/chat-menu.json'
import { addWords } from './first-words.ts'

addWords(words)
