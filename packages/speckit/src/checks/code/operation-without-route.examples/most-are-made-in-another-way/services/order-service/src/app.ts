import express from "express";
const app = express();
app.get("/api/v1/orders", list);
for (const [path, handler] of table) app.post(path, handler);
