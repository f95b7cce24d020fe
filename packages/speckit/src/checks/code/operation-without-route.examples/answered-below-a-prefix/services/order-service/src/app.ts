import express from "express";
const app = express();
app.get("/health", ok);
app.get("/orders", list);
app.post("/orders", place);
app.get("/orders/:id", read);
