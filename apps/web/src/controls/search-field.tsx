import { Search } from 'lucide-react'
import { IconButton } from './icon-button.tsx'
import { X } from 'lucide-react'
import { useText } from '../text/use-text.ts'
import '../text/words/people.ts'

interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
}

export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  const t = useText()
  return (
    <label className="search narrow">
      <span className="sr">{label}</span>
      <Search className="i" />
      <input
        type="text"
        role="searchbox"
        dir="auto"
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.preventDefault()
            onChange('')
          }
        }}
      />
      {value ? (
        <IconButton icon={X} size="small" label={t('people.clear')} onClick={() => onChange('')} />
      ) : null}
    </label>
  )
}
