/** Skeletons: the shape of what is coming, never a blank. */
export function RowBones({ count = 7 }: { count?: number }) {
  return (
    <div className="bones" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div className="bone-row" key={index}>
          <span className="bone round" />
          <span className="col gap-2">
            <span className={index % 2 ? 'bone w30' : 'bone w45'} />
            <span className={index % 3 ? 'bone w75' : 'bone w60'} />
          </span>
        </div>
      ))}
    </div>
  )
}

export function TalkBones() {
  return (
    <div className="bone-talk bones" aria-hidden="true">
      <span className="bone-bubble">
        <span className="bone w75" />
        <span className="bone w45" />
      </span>
      <span className="bone-bubble short">
        <span className="bone w75" />
      </span>
      <span className="bone-bubble out short">
        <span className="bone w75" />
      </span>
      <span className="bone-bubble">
        <span className="bone w75" />
        <span className="bone w60" />
        <span className="bone w45" />
      </span>
    </div>
  )
}
