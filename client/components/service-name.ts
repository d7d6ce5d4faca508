export const serviceName = 'Local system review surveys'
