'use client'

import { Upload } from 'lucide-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useText } from '../text/use-text.ts'

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

interface DropAreaProps {
  name: string
  /** null where nothing can be sent: then files are not taken, and not opened by the browser either. */
  onFiles: ((files: readonly File[]) => void) | null
  children: ReactNode
}

/** A conversation that takes files that are dropped on it. */
export function DropArea({ name, onFiles, children }: DropAreaProps) {
  const t = useText()
  const [over, setOver] = useState(false)
  // entering a child leaves its parent, so that only the sum says where the pointer is
  const depth = useRef(0)
  const end = () => {
    depth.current = 0
    setOver(false)
  }
  return (
    <div
      className="drop-area"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        depth.current += 1
        setOver(true)
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = onFiles ? 'copy' : 'none'
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return
        depth.current -= 1
        if (depth.current <= 0) end()
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        end()
        const files = [...event.dataTransfer.files]
        if (files.length > 0) onFiles?.(files)
      }}
    >
      {children}
      {over && onFiles ? (
        <div className="drop-veil" aria-hidden="true">
          <span className="drop-card">
            <Upload className="i xl" />
            <bdi>{t('composer.dropHere', { name })}</bdi>
          </span>
        </div>
      ) : null}
    </div>
  )
}
