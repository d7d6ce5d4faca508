/** How long a sign-in link works. */
export const signInLinkMinutes = 15

/** How long a person stays signed in. */
export const sessionHours = 12

export const signInAddress = (publicUrl: string, token: string): string => `${publicUrl}/sign-in/${token}`
