interface IconProps {
  className?: string | undefined
}

/**
 * Icons of the two pages that may stand in for any other. Every page carries those in chunks of their own, and the icon
 * library would come along in each of them.
 */
function PlainIcon({ className, d }: IconProps & { d: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={d} />
    </svg>
  )
}

/** A magnifying glass that found nothing. */
export function NothingFound({ className }: IconProps) {
  return (
    <PlainIcon
      className={className}
      d="m13.5 8.5-5 5m0-5 5 5M19 11a8 8 0 1 1-16 0 8 8 0 0 1 16 0m2 10-4.3-4.3"
    />
  )
}

/** A triangle with an exclamation mark. */
export function Warning({ className }: IconProps) {
  return (
    <PlainIcon
      className={className}
      d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4m0 4h.01"
    />
  )
}

/** A turning arrow. */
export function Again({ className }: IconProps) {
  return <PlainIcon className={className} d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8m0-5v5h-5" />
}
