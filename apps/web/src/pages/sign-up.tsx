import { SignUpPage } from '../organisations/sign-up-page.tsx'
import { AccountLayout } from '../sessions/account-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <SignUpPage />
page.layout = AccountLayout
page.title = 'signUp.title'
export default page
