java.net.http.HttpClient.newHttpClient()
