const users = process.env.USER_SERVICE_URL;
export const who = (id: string) => fetch(`${users}/api/v1/users/${id}`);
