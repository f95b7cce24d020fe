import express from "express";
const app = express();
app.get("/health", ok);
app.get("/api/v1/orders", list);
app.post("/api/v1/orders", place);
