'use client'

import words from '../../.cache/text/en.communication.json'
import { TextPart } from '../text/text-part.tsx'
import { Rules } from './rules.tsx'

export function CommunicationPage() {
  return (
    <TextPart words={words}>
      <Rules />
    </TextPart>
  )
}
