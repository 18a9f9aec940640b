import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/fonts.css";
import "./styles/paper.css";

const place = document.getElementById("studio");
if (place) mount(App, { target: place });
