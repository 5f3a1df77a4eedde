/** A closed case told without names, by who holds it. The case is the last that this holder closed with the reader at the table. Days are counted back from today. */
export interface ToldStory {
	readonly day: number;
	readonly by: string;
	/** Who sits at that table for another organisation. */
	readonly reader: string;
	readonly words: string;
	/** When the reader released it; left out: it waits. */
	readonly released?: number;
}

export const toldStories: readonly ToldStory[] = [
	{
		...{ day: 3, by: 'anouk@kade.example', reader: 'ravi@schuldhulp.example' },
		words:
			'Een gezin liep achter met de huur nadat iemand ziek werd. De ontruiming was al aangezegd. Drie organisaties legden samen bij wat één niet mocht, en de huur loopt weer. Wat moet anders: wie ziek wordt, hoort eerst een mens en daarna pas een brief.'
	},
	{
		...{ day: 52, by: 'fatima@gemeente.example', reader: 'joost@wijkteam.example', released: 50 },
		words:
			'Iemand kreeg geen geld, omdat een adres niet klopte. Het adres klopte niet, omdat er geen geld was voor een kamer. Eén collega mocht tekenen voor een briefadres. Dat kostte een middag, na vier maanden wachten.'
	},
	{
		...{ day: 92, by: 'tom@zeewering.example', reader: 'joost@wijkteam.example', released: 90 },
		words:
			'Post van de verhuurder bleef dicht, uit schrik. Samen openen aan de keukentafel duurde een half uur, en er lag ook goed nieuws tussen. Wat moet anders: bel eerst, schrijf daarna.'
	}
];
