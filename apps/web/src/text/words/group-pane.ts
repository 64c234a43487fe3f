import words from '../../../.cache/text/group-pane.json'
import { addWords } from './first-words.ts'

addWords(words)
