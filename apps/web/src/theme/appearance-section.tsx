'use client'

import { useText } from '../text/use-text.ts'
import { chooseTheme } from './theme.ts'
import { useTheme } from './use-theme.ts'
import { useThemeOptions } from './use-theme-options.ts'
import '../text/words/people.ts'

export function AppearanceSection() {
  const t = useText()
  const theme = useTheme()
  return (
    <section className="setting">
      <p className="lead">{t('appearance.hint')}</p>
      <div className="card">
        <fieldset className="themes">
          <legend className="mb-2 text-sm font-medium">{t('appearance.theme')}</legend>
          {useThemeOptions().map(({ value, text, icon: Icon }) => (
            <label key={value}>
              <input
                className="sr"
                type="radio"
                name="theme"
                value={value}
                checked={theme === value}
                onChange={() => chooseTheme(value)}
              />
              <Icon className="i l" />
              {text}
            </label>
          ))}
        </fieldset>
      </div>
    </section>
  )
}
