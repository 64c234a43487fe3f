interface ImportProgressProps {
  label: string
  value: number
  max: number
  /** How far it is, in words. */
  said: string
}

/** A bar, and how far it is in words. */
export function ImportProgress({ label, value, max, said }: ImportProgressProps) {
  const share = max > 0 ? Math.min(value / max, 1) : 0
  return (
    <div className="col gap-1">
      <span className="cut text-sm" dir="auto">
        {label}
      </span>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={said}
        className="way-bar"
      >
        <div style={{ inlineSize: `${String(share * 100)}%` }} />
      </div>
      <span className="text-xs text-ink-2 tabular-nums">{said}</span>
    </div>
  )
}
